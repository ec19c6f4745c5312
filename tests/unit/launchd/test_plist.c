/*-
 * SPDX-License-Identifier: BSD-2-Clause
 */

/*
 * The property list reader and the reader of job descriptions, in process.
 * Prints TAP.
 *
 * Every broken input must be refused with the right line and a reason that
 * names the trouble; a crash, a leak or a hang is for the sanitizers and the
 * runner's timeout to see.
 */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/launchd/job_config.h"
#include "cmd/launchd/plist.h"

static int tests, failed;

static void
result(int ok, const char *name, const char *detail)
{

	printf("%sok %d - %s\n", ok ? "" : "not ", ++tests, name);
	if (!ok) {
		failed++;
		printf("# %s\n", detail);
	}
}

#define	HEAD							\
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"			\
	"<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "	\
	"\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"	\
	"<plist version=\"1.0\">\n"
#define	TAIL	"</plist>\n"
#define	JOB(keys)	HEAD "<dict>\n" keys "</dict>\n" TAIL
#define	BASE	"<key>Label</key><string>a</string>\n"		\
		"<key>Program</key><string>/bin/a</string>\n"

/*
 * Inputs that are refused: by the parser, or else as a job.
 */
static const struct bad {
	const char	*name;
	const char	*text;
	unsigned	 line;
	const char	*reason;	/* a part of it */
} bad[] = {
	{ "empty file", "", 1, "no element" },
	{ "not XML", "Label = com.example;\n", 1, "not well-formed" },
	{ "truncated in a tag", HEAD "<dict>\n<key>La", 5, "not well-formed" },
	{ "truncated after a value", HEAD "<dict>\n<key>a</key><true/>\n", 6,
	    "not well-formed" },
	{ "tags crossed", HEAD "<array><dict></array></dict>" TAIL, 4,
	    "mismatched" },
	{ "other document", "<html></html>", 1, "not a property list" },
	{ "no value", HEAD TAIL, 5, "no value" },
	{ "two values", HEAD "<true/>\n<true/>" TAIL, 5, "second value" },
	{ "unknown element", HEAD "<set/>" TAIL, 4, "unknown element" },
	{ "plist inside plist", HEAD "<plist/>" TAIL, 4, "unknown element" },
	{ "element inside a leaf", HEAD "<string><true/></string>" TAIL, 4,
	    "inside <string>" },
	{ "text in a dictionary", HEAD "<dict>\nfoo</dict>" TAIL, 5, "text" },
	{ "value without a key", HEAD "<dict>\n<true/></dict>" TAIL, 5,
	    "without a key" },
	{ "key without a value", HEAD "<dict>\n<key>a</key>\n</dict>" TAIL, 5,
	    "no value" },
	{ "two keys", HEAD "<dict><key>a</key>\n<key>b</key></dict>" TAIL, 4,
	    "no value" },
	{ "key outside a dictionary", HEAD "<array><key>a</key></array>" TAIL,
	    4, "outside" },
	{ "key twice", HEAD "<dict><key>a</key><true/>\n"
	    "<key>a</key><true/></dict>" TAIL, 5, "twice" },
	{ "integer of letters", HEAD "<integer>ten</integer>" TAIL, 4,
	    "not an integer" },
	{ "empty integer", HEAD "<integer/>" TAIL, 4, "not an integer" },
	{ "integer too large", HEAD "<integer>9223372036854775808</integer>"
	    TAIL, 4, "out of range" },
	{ "real of letters", HEAD "<real>pi</real>" TAIL, 4, "not a number" },
	{ "text in a boolean", HEAD "<true>yes</true>" TAIL, 4, "text" },
	{ "undefined entity", HEAD "<string>&foo;</string>" TAIL, 4,
	    "entity" },
	{ "entity bomb",
	    "<!DOCTYPE plist [<!ENTITY a \"aaaaaaaaaa\">"
	    "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
	    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
	    "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]>"
	    "<plist><string>&d;&d;&d;&d;&d;&d;&d;</string></plist>", 1,
	    "DOCTYPE" },
	{ "external entity",
	    "<!DOCTYPE plist [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"
	    "<plist><string>&a;</string></plist>", 1, "DOCTYPE" },

	{ "job is an array", HEAD "<array/>" TAIL, 4, "found array" },
	{ "no label", JOB("<key>Program</key><string>/bin/a</string>\n"), 4,
	    "Label: missing" },
	{ "no program", JOB("<key>Label</key><string>a</string>\n"), 4,
	    "Program: missing" },
	{ "empty label", JOB("<key>Label</key><string/>\n"), 5, "empty" },
	{ "label is an integer", JOB("<key>Label</key>\n<integer>1</integer>"),
	    6, "Label: expected string, found integer" },
	{ "arguments are a string", JOB("<key>Label</key><string>a</string>\n"
	    "<key>ProgramArguments</key><string>/bin/a</string>"), 6,
	    "expected array" },
	{ "no argument", JOB("<key>Label</key><string>a</string>\n"
	    "<key>ProgramArguments</key><array/>"), 6, "empty array" },
	{ "an argument is true", JOB("<key>Label</key><string>a</string>\n"
	    "<key>ProgramArguments</key><array><string>a</string>\n<true/>"
	    "</array>"), 7, "not a string" },
	{ "RunAtLoad is a string", JOB(BASE
	    "<key>RunAtLoad</key><string>yes</string>"), 7,
	    "RunAtLoad: expected boolean" },
	{ "KeepAlive is an array", JOB(BASE "<key>KeepAlive</key><array/>"), 7,
	    "boolean or dictionary" },
	{ "KeepAlive condition is a string", JOB(BASE "<key>KeepAlive</key>"
	    "<dict>\n<key>Crashed</key><string>a</string></dict>"), 8,
	    "Crashed: expected boolean" },
	{ "services are an array", JOB(BASE "<key>MachServices</key>"
	    "<array><string>a</string></array>"), 7, "expected dictionary" },
	{ "a service is a string", JOB(BASE "<key>MachServices</key><dict>"
	    "<key>a.b</key>\n<string>x</string></dict>"), 8,
	    "a.b: expected boolean or dictionary" },
	{ "a service without a name", JOB(BASE "<key>MachServices</key><dict>"
	    "<key></key><true/></dict>"), 7, "empty service name" },
	{ "environment holds an integer", JOB(BASE
	    "<key>EnvironmentVariables</key><dict>\n<key>A</key>"
	    "<integer>1</integer></dict>"), 8, "A: expected string" },
	{ "variable with an equals sign", JOB(BASE
	    "<key>EnvironmentVariables</key><dict><key>A=B</key>"
	    "<string>1</string></dict>"), 7, "name of a variable" },
	{ "negative interval", JOB(BASE
	    "<key>ThrottleInterval</key><integer>-1</integer>"), 7,
	    "out of range" },
	{ "interval is a real", JOB(BASE
	    "<key>ThrottleInterval</key><real>1.5</real>"), 7,
	    "expected integer" },
	{ "directory is data", JOB(BASE
	    "<key>WorkingDirectory</key><data>aaaa</data>"), 7,
	    "expected string, found data" },
};

static void
check_refused(const char *name, const char *text, size_t size, unsigned line,
    const char *reason)
{
	struct plist_error error = { 0, "" };
	struct job_config *config;
	struct plist *root;
	char detail[400];

	config = NULL;
	root = plist_parse(text, size, &error);
	if (root != NULL) {
		config = job_config_new(root, NULL, NULL, &error);
		plist_tree_free(root);
	}
	(void)snprintf(detail, sizeof(detail), "%s, line %u: %s",
	    config != NULL ? "accepted" : "refused", error.line, error.reason);
	result(config == NULL && error.line == line &&
	    strstr(error.reason, reason) != NULL, name, detail);
	job_config_free(config);
}

static void
test_refused(void)
{
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check_refused(bad[i].name, bad[i].text, strlen(bad[i].text),
		    bad[i].line, bad[i].reason);
}

/* HEAD, then `text` n times, then the end; the caller frees it. */
static char *
repeat(const char *before, const char *text, size_t n, const char *after)
{
	size_t size;
	char *s, *p;

	size = strlen(before) + strlen(text) * n + strlen(after) + 1;
	p = s = malloc(size);
	if (s == NULL)
		abort();
	p = stpcpy(p, before);
	while (n-- > 0)
		p = stpcpy(p, text);
	(void)strcpy(p, after);
	return (s);
}

static void
test_limits(void)
{
	char name[200], *s;

	s = repeat(HEAD, "<array>", 100000, "");
	check_refused("nested without end", s, strlen(s), 4, "deep");
	free(s);
	s = repeat(HEAD "<array>", "<true/>", PLIST_VALUES_MAX, "</array>"
	    TAIL);
	check_refused("too many values", s, strlen(s), 4, "more than");
	free(s);
	s = repeat(HEAD "<string>", "0123456789abcdef", PLIST_FILE_MAX / 16,
	    "</string>" TAIL);
	check_refused("too many bytes", s, strlen(s), 0, "larger than");
	free(s);
	memset(name, 'x', 128);
	name[128] = '\0';
	s = malloc(2000);
	if (s == NULL)
		abort();
	(void)snprintf(s, 2000, "%s%s%s", HEAD "<dict>" BASE
	    "<key>MachServices</key><dict><key>", name,
	    "</key><true/></dict></dict>" TAIL);
	check_refused("service name of 128 bytes", s, strlen(s), 6,
	    "longer than 127");
	free(s);
	check_refused("a NUL inside", HEAD "<string>a\0b</string>" TAIL,
	    sizeof(HEAD "<string>a\0b</string>" TAIL) - 1, 4,
	    "not well-formed");
}

/* Every prefix of a good list is refused and none upsets the reader. */
static void
test_truncated(void)
{
	static const char good[] = JOB(BASE "<key>MachServices</key><dict>"
	    "<key>a.b</key><true/></dict><key>KeepAlive</key><dict>"
	    "<key>Crashed</key><true/></dict>\n");
	struct plist_error error;
	struct plist *p;
	size_t i, accepted;

	accepted = 0;
	for (i = 0; i < sizeof(good) - sizeof("\n"); i++) {
		p = plist_parse(good, i, &error);
		if (p != NULL)
			accepted++;
		plist_tree_free(p);
	}
	result(accepted == 0, "every truncation is refused", "some were not");
}

static char unknown[256];

static void
note_unknown(void *arg, const struct job_config *c, const char *key,
    unsigned line, const char *why)
{
	size_t at;

	(void)arg;
	(void)c;
	(void)why;
	at = strlen(unknown);
	(void)snprintf(unknown + at, sizeof(unknown) - at, "%s:%u ", key,
	    line);
}

static struct job_config *
good_job(const char *text)
{
	struct plist_error error = { 0, "" };
	struct job_config *c;
	struct plist *p;

	unknown[0] = '\0';
	p = plist_parse(text, strlen(text), &error);
	c = p == NULL ? NULL : job_config_new(p, note_unknown, NULL, &error);
	plist_tree_free(p);
	if (c == NULL)
		printf("# line %u: %s\n", error.line, error.reason);
	return (c);
}

static void
test_every_key(void)
{
	struct job_config *c;
	int ok;

	c = good_job(JOB("<!-- a comment -->"
	    "<key>Label</key><string>com.example.a&amp;b</string>\n"
	    "<key>Program</key><string>/bin/prog</string>\n"
	    "<key>ProgramArguments</key><array><string>prog</string>"
	    "<string></string><string> two </string></array>\n"
	    "<key>EnvironmentVariables</key><dict><key>A</key><string>1=2"
	    "</string></dict>\n"
	    "<key>MachServices</key><dict><key>s.one</key><true/>"
	    "<key>s.off</key><false/><key>s.two</key><dict>"
	    "<key>ResetAtClose</key><true/></dict></dict>\n"
	    "<key>RunAtLoad</key><true/>\n"
	    "<key>KeepAlive</key><dict><key>SuccessfulExit</key><false/>"
	    "<key>Crashed</key><true/></dict>\n"
	    "<key>StandardInPath</key><string>/in</string>\n"
	    "<key>StandardOutPath</key><string>/out</string>\n"
	    "<key>StandardErrorPath</key><string>/err</string>\n"
	    "<key>WorkingDirectory</key><string>/tmp</string>\n"
	    "<key>ThrottleInterval</key><integer> 0x10 </integer>\n"
	    "<key>ExitTimeOut</key><integer>0</integer>\n"
	    "<key>Disabled</key><false/>\n"));
	ok = c != NULL && strcmp(c->label, "com.example.a&b") == 0 &&
	    strcmp(c->program, "/bin/prog") == 0 &&
	    strcmp(c->argv[0], "prog") == 0 && c->argv[1][0] == '\0' &&
	    strcmp(c->argv[2], " two ") == 0 && c->argv[3] == NULL &&
	    strcmp(c->env[0], "A=1=2") == 0 && c->env[1] == NULL &&
	    strcmp(c->services[0].name, "s.one") == 0 &&
	    strcmp(c->services[1].name, "s.two") == 0 &&
	    c->services[1].reset_at_close && c->services[2].name == NULL &&
	    c->run_at_load && c->keep_alive == KEEP_ALIVE_CONDITIONS &&
	    c->successful_exit == CONDITION_FALSE &&
	    c->crashed == CONDITION_TRUE &&
	    strcmp(c->stdin_path, "/in") == 0 &&
	    strcmp(c->stdout_path, "/out") == 0 &&
	    strcmp(c->stderr_path, "/err") == 0 &&
	    strcmp(c->working_directory, "/tmp") == 0 &&
	    c->throttle_interval == 16 && c->exit_timeout == 0 && !c->disabled;
	result(ok, "every key is read", "a value is wrong");
	result(unknown[0] == '\0', "no known key is called unknown", unknown);
	job_config_free(c);
}

static void
test_defaults(void)
{
	struct job_config *c;

	c = good_job(JOB(BASE));
	result(c != NULL && strcmp(c->argv[0], "/bin/a") == 0 &&
	    c->argv[1] == NULL && !c->run_at_load && !c->disabled &&
	    c->keep_alive == KEEP_ALIVE_NEVER &&
	    c->throttle_interval == JOB_THROTTLE_DEFAULT &&
	    c->exit_timeout == JOB_EXIT_TIMEOUT_DEFAULT &&
	    c->services == NULL && c->env == NULL, "defaults",
	    "a value is wrong");
	job_config_free(c);
	c = good_job(JOB("<key>Label</key><string>a</string>"
	    "<key>ProgramArguments</key><array><string>/bin/b</string>"
	    "</array>"));
	result(c != NULL && strcmp(c->program, "/bin/b") == 0,
	    "the program is the first argument", "it is not");
	job_config_free(c);
}

/* The other forms, or, without their libraries, a refusal that says so. */
static void
test_forms(void)
{
	static const char binary[] =
	    "\x62\x70\x6c\x69\x73\x74\x30\x30\xd3\x01\x02\x03\x04\x05\x06"
	    "\x55\x4c\x61\x62\x65\x6c\x54\x4e\x69\x63\x65\x57\x50\x72\x6f"
	    "\x67\x72\x61\x6d\x53\x62\x69\x6e\x10\x03\x52\x2f\x62\x08\x0f"
	    "\x15\x1a\x22\x26\x28\x00\x00\x00\x00\x00\x00\x01\x01\x00\x00"
	    "\x00\x00\x00\x00\x00\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	    "\x00\x00\x00\x00\x00\x00\x2b";
	static const char json[] = "{ \"Label\": \"js\", \"Nice\": 4,\n"
	    "\"Program\": \"/b\", \"KeepAlive\": true }";
	struct plist_error error = { 0, "" };
	struct job_config *c;
	struct plist *p;

	p = plist_parse(binary, sizeof(binary) - 1, &error);
	c = p == NULL ? NULL : job_config_new(p, NULL, NULL, &error);
	plist_tree_free(p);
#ifdef HAVE_LIBPLIST
	result(c != NULL && strcmp(c->label, "bin") == 0 && c->nice == 3,
	    "a binary list", error.reason);
#else
	result(strstr(error.reason, "without libplist") != NULL,
	    "a binary list", error.reason);
#endif
	job_config_free(c);
	p = plist_parse(json, sizeof(json) - 1, &error);
	c = p == NULL ? NULL : job_config_new(p, NULL, NULL, &error);
	plist_tree_free(p);
#ifdef HAVE_JSON_C
	result(c != NULL && strcmp(c->label, "js") == 0 && c->nice == 4 &&
	    c->keep_alive == KEEP_ALIVE_ALWAYS, "a list in JSON",
	    error.reason);
	job_config_free(c);
	p = plist_parse("{\n\"a\": 1,\n\"b\" 2 }", 19, &error);
	result(p == NULL && error.line == 3, "where JSON is wrong",
	    error.reason);
	plist_tree_free(p);
	p = plist_parse("{ \"a\": null }", 13, &error);
	result(p == NULL && strstr(error.reason, "null") != NULL,
	    "null is no value", error.reason);
	plist_tree_free(p);
#else
	result(strstr(error.reason, "without json-c") != NULL,
	    "a list in JSON", error.reason);
	job_config_free(c);
#endif
	p = plist_parse("bplist00 and no more", 20, &error);
	result(p == NULL && error.reason[0] != '\0', "a broken binary list",
	    "it was read");
	plist_tree_free(p);
}

static void
test_unknown(void)
{
	struct job_config *c;

	c = good_job(JOB(BASE "<key>Weather</key><true/>\n"
	    "<key>KeepAlive</key><dict>\n<key>Moon</key><true/></dict>"
	    "<key>Colour</key><array><dict/></array>"));
	result(c != NULL && strcmp(unknown,
	    "Weather:7 KeepAlive/Moon:9 Colour:9 ") == 0,
	    "unknown keys are accepted and named once, with their line",
	    unknown);
	job_config_free(c);
}

static void
test_values(void)
{
	struct plist_error error = { 0, "" };
	struct plist *p, *q;
	const char *text;
	int ok;

	text = HEAD "<dict><key>i</key><integer>-5</integer>"
	    "<key>r</key><real>2.5</real><key>b</key><false/>"
	    "<key>d</key><date>2001-01-01T00:00:00Z</date>"
	    "<key>x</key><data>YWJj</data>"
	    "<key>s</key><string><![CDATA[a<b]]>&#65;</string>"
	    "<key>a</key><array><string>1</string><array/></array></dict>"
	    TAIL;
	p = plist_parse(text, strlen(text), &error);
	ok = p != NULL && p->type == PLIST_DICT &&
	    (q = plist_get(p, "i")) != NULL && q->integer == -5 &&
	    (q = plist_get(p, "r")) != NULL && q->real == 2.5 &&
	    (q = plist_get(p, "b")) != NULL && q->type == PLIST_BOOLEAN &&
	    !q->boolean &&
	    (q = plist_get(p, "d")) != NULL && q->type == PLIST_DATE &&
	    (q = plist_get(p, "x")) != NULL && q->type == PLIST_DATA &&
	    strcmp(q->string, "YWJj") == 0 &&
	    (q = plist_get(p, "s")) != NULL &&
	    strcmp(q->string, "a<bA") == 0 &&
	    (q = plist_get(p, "a")) != NULL && q->type == PLIST_ARRAY &&
	    q->children->type == PLIST_STRING &&
	    q->children->next->type == PLIST_ARRAY &&
	    plist_get(p, "nothing") == NULL;
	result(ok, "values of every type", error.reason);
	plist_tree_free(p);
}

static void
test_files(void)
{
	char path[64], detail[300];
	struct plist_error error = { 0, "" };
	struct plist *p;
	int fd;

	result(plist_parse_file("/nonexistent/a.plist", &error) == NULL &&
	    error.line == 0 && error.reason[0] != '\0', "missing file",
	    error.reason);
	result(plist_parse_file("/tmp", &error) == NULL &&
	    strstr(error.reason, "regular") != NULL, "directory as a file",
	    error.reason);
	(void)snprintf(path, sizeof(path), "/tmp/test_plist.%ld",
	    (long)getpid());
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd == -1 || write(fd, JOB(BASE), strlen(JOB(BASE))) == -1) {
		result(0, "good file", "cannot write it");
		return;
	}
	(void)close(fd);
	p = plist_parse_file(path, &error);
	(void)snprintf(detail, sizeof(detail), "%s", error.reason);
	result(p != NULL, "good file", detail);
	plist_tree_free(p);
	(void)unlink(path);
}

int
main(void)
{

	test_refused();
	test_limits();
	test_truncated();
	test_values();
	test_every_key();
	test_defaults();
	test_forms();
	test_unknown();
	test_files();
	printf("1..%d\n", tests);
	return (failed == 0 ? 0 : 1);
}
