/* A text file of the source tree that was compiled into the program. */
#pragma once

/* Arrays of these end with { NULL, NULL }. */
struct embedded {
    const char *path; /* relative to the source root: "rules/signs/x.sql" */
    const char *text;
};
