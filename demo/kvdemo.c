/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * kvdemo CLIENT: runs the demo under launchd, whose child it is.
 *
 * It starts the clients, kills whom the story wants dead, and asks the service
 * what it saw.  Each step counts only by what came back: a client's exit
 * status, which says that its data were right, or an answer of the service.
 */

#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mach/mach.h>
#include <servers/bootstrap.h>

#include "kv.h"

static const char *me = "demo";
static const char *client;
static int step_number;

static void
step(const char *what)
{

	printf("\n%d. %s\n", ++step_number, what);
	fflush(stdout);
}

struct part {
	const char	*name;
	pid_t		 pid;
	int		 ready;	/* read end of its descriptor 3 */
};

static void
start(struct part *p, const char *name)
{
	int fds[2];

	p->name = name;
	if (pipe(fds) == -1)
		kv_die(me, "pipe: %s", strerror(errno));
	p->pid = fork();
	if (p->pid == -1)
		kv_die(me, "fork: %s", strerror(errno));
	if (p->pid == 0) {
		if (fds[1] != 3) {
			dup2(fds[1], 3);
			close(fds[1]);
		}
		if (fds[0] != 3)
			close(fds[0]);
		execl(client, client, name, (char *)NULL);
		kv_die(me, "FAILED: %s: %s", client, strerror(errno));
	}
	close(fds[1]);
	p->ready = fds[0];
}

static void
wait_ready(struct part *p)
{
	char buf[6];
	size_t n;
	ssize_t r;

	for (n = 0; n < sizeof(buf); n += (size_t)r) {
		r = read(p->ready, buf + n, sizeof(buf) - n);
		if (r <= 0)
			kv_die(me, "FAILED: client %s did not get ready",
			    p->name);
	}
}

static void
finish(struct part *p)
{
	int status;

	while (waitpid(p->pid, &status, 0) == -1) {
		if (errno != EINTR)
			kv_die(me, "wait: %s", strerror(errno));
	}
	close(p->ready);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		kv_die(me, "FAILED: client %s ended with status %#x", p->name,
		    (unsigned)status);
}

static void
run(const char *name)
{
	struct part p;

	start(&p, name);
	finish(&p);
}

static struct kv_reply
ask(mach_port_t service, int id)
{
	struct kv_reply_in in;

	kv_check(me, "call", kv_call(service, id, "", NULL, 0, MACH_PORT_NULL,
	    0, &in));
	if (in.reply.code != KV_OK)
		kv_die(me, "FAILED: answer %d", (int)in.reply.code);
	return (in.reply);
}

static void
slay(pid_t pid)
{

	kv_say(me, "kill -9 %d", (int)pid);
	if (kill(pid, SIGKILL) == -1)
		kv_die(me, "FAILED: kill: %s", strerror(errno));
}

int
main(int argc, char **argv)
{
	struct part giver, stayer, taker, watcher;
	struct kv_reply first, r, second;
	mach_port_t service;
	uint64_t begin;
	int status;

	if (argc != 2) {
		fprintf(stderr, "usage: kvdemo CLIENT\n");
		return (2);
	}
	client = argv[1];
	begin = kv_now();
	kv_say(me, "runs under launchd %d", (int)getppid());

	step("A look-up starts the service that declares the name.");
	kv_check(me, "look-up", bootstrap_look_up(bootstrap_port, KV_SERVICE,
	    &service));
	first = ask(service, KV_STATUS);
	if (first.time < begin || first.pid <= 0 || first.pid == getpid() ||
	    kill(first.pid, 0) == -1)
		kv_die(me, "FAILED: the service ran before it was asked for");
	kv_say(me, "%s is process %d, started %.1f ms after the look-up",
	    KV_SERVICE, (int)first.pid, (double)(first.time - begin) / 1e6);

	step("One client stores data, another one reads them.");
	run("store");
	run("read");

	step("A port right goes from client to client through the service.");
	start(&giver, "give");
	wait_ready(&giver);
	start(&taker, "take");
	finish(&taker);
	finish(&giver);

	step("A client is killed; the service sees that it has no senders.");
	start(&stayer, "stay");
	wait_ready(&stayer);
	slay(stayer.pid);
	r = ask(service, KV_WAIT_CLOSED);
	if (r.pid != stayer.pid)
		kv_die(me, "FAILED: the service told of %d", (int)r.pid);
	while (waitpid(stayer.pid, &status, 0) == -1 && errno == EINTR)
		continue;
	kv_say(me, "the service knows that %d has gone", (int)r.pid);

	step("The service is killed; its client sees the dead name, and the "
	    "next look-up\n   starts it again.");
	start(&watcher, "watch");
	wait_ready(&watcher);
	slay(first.pid);
	finish(&watcher);
	second = ask(service, KV_STATUS);
	if (second.pid == first.pid || second.time <= first.time)
		kv_die(me, "FAILED: the service was not started again");
	kv_say(me, "the right from before the death reaches the new process "
	    "%d", (int)second.pid);

	printf("\nAll %d steps happened, in %.1f s.\n", step_number,
	    (double)(kv_now() - begin) / 1e9);
	return (0);
}
