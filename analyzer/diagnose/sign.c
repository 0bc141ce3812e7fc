#include "diagnose/sign.h"

#include "base/text.h"
#include "diagnose/fill.h"
#include "diagnose/names.h"

#include <sqlite3.h>
#include <string.h>

/* Columns with a meaning. Any other can be named in a sentence. */
static const struct {
    const char *name;
    bool is_required;
} columns[SIGN_COLUMNS] = {
    [SIGN_COLUMN_REF] = { .name = "ref", .is_required = true },
    [SIGN_COLUMN_SAYS] = { .name = "says", .is_required = true },
    [SIGN_COLUMN_COMPONENT] = { .name = "component" },
    [SIGN_COLUMN_FROM_NODE] = { .name = "from_node" },
    [SIGN_COLUMN_TO_NODE] = { .name = "to_node" },
    [SIGN_COLUMN_TRANSPORT] = { .name = "transport" },
    [SIGN_COLUMN_CLIENT] = { .name = "client" },
};

static int column_index(struct sqlite3_stmt *statement, struct text name)
{
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        if (text_equals(name, sqlite3_column_name(statement, i)))
            return i;
    return -1;
}

bool sign_has_column(const struct sign_program *program, struct text name)
{
    return program->statement != NULL &&
           column_index(program->statement, name) >= 0;
}

static int line_of(const char *text, size_t offset)
{
    int line = 1;

    for (size_t i = 0; i < offset && text[i] != '\0'; i++)
        line += text[i] == '\n';
    return line;
}

static void check_columns(struct sign_program *program, int line,
                          struct problems *problems)
{
    for (int i = 0; i < SIGN_COLUMNS; i++) {
        program->columns[i] =
            column_index(program->statement, text_of(columns[i].name));
        if (program->columns[i] < 0 && columns[i].is_required)
            problem_add(problems, program->rule->file.path, line,
                        "the SELECT gives no column '%s'", columns[i].name);
    }
}

static void check_says(const struct sign_program *program,
                       struct problems *problems)
{
    struct text rest = text_of(program->rule->says);
    struct blank blank;

    while (fill_next(&rest, &blank))
        if (!text_equals(blank.name, "rows") &&
            !sign_has_column(program, blank.name))
            problem_add(problems, program->rule->file.path,
                        program->rule->says_line,
                        "says names {%.*s}, which the SELECT does not give",
                        (int)blank.name.length, blank.name.bytes);
}

static void check_needs(const struct sign_rule *rule,
                        const struct available *available,
                        struct problems *problems)
{
    for (size_t i = 0; i < rule->needs.count; i++)
        if (available_find(available, rule->needs.ids[i]) == NULL)
            problem_add(problems, rule->file.path, rule->needs.line,
                        "needs '%s', which v_available does not know",
                        rule->needs.ids[i]);
}

bool sign_prepare(struct sign_program *program, const struct sign_rule *rule,
                  struct confinement *confinement,
                  const struct available *available, struct problems *problems)
{
    size_t before = problems->count;
    struct refusal refusal;

    *program = (struct sign_program){ .rule = rule };
    check_needs(rule, available, problems);
    if (!confine_prepare(confinement, rule->file.text, &program->statement,
                         &refusal)) {
        problem_add(problems, rule->file.path,
                    line_of(rule->file.text, refusal.offset), "%s",
                    refusal.text);
        return false;
    }
    check_columns(program,
                  line_of(rule->file.text, confine_first(rule->file.text)),
                  problems);
    check_says(program, problems);
    return problems->count == before;
}

void sign_close(struct sign_program *program)
{
    (void)sqlite3_finalize(program->statement);
    program->statement = NULL;
}

struct run {
    struct sign_program *program;
    struct arena *arena;
    struct sign_result *result;
    struct sign_evidence *evidence;
    struct names scope[4]; /* from_node, to_node, transport, client */
};

static const char *cell(const struct run *run, int column)
{
    const char *text = column < 0 ? NULL
                                  : (const char *)sqlite3_column_text(
                                        run->program->statement, column);

    return text == NULL ? "" : text;
}

/* Cut between characters of UTF-8. */
static const char *keep(const struct run *run, int column)
{
    struct text text = text_of(cell(run, column));
    size_t length = text.length;

    if (length > SIGN_TEXT_BYTES) {
        length = SIGN_TEXT_BYTES;
        while (length > 0 && ((unsigned char)text.bytes[length] & 0xc0) == 0x80)
            length--;
    }
    return text_copy_most(run->arena, text, length);
}

static void keep_first_row(struct run *run)
{
    struct sqlite3_stmt *statement = run->program->statement;
    int count = sqlite3_column_count(statement);
    struct sign_value *values =
        arena_allocate(run->arena, (size_t)count * sizeof *values);
    int component = run->program->columns[SIGN_COLUMN_COMPONENT];

    for (int i = 0; i < count; i++) {
        const char *name = sqlite3_column_name(statement, i);

        values[i].column = arena_copy(run->arena, name, strlen(name));
        values[i].value = keep(run, i);
    }
    run->result->first_row = values;
    run->result->first_row_count = (size_t)count;
    if (component >= 0 && values[component].value[0] != '\0')
        run->result->component = values[component].value;
}

static void keep_row(struct run *run)
{
    struct sign_result *result = run->result;
    const int *at = run->program->columns;

    if (result->rows == 0)
        keep_first_row(run);
    if (result->evidence_count < SIGN_EVIDENCE_MAX)
        run->evidence[result->evidence_count++] = (struct sign_evidence){
            .ref = keep(run, at[SIGN_COLUMN_REF]),
            .says = keep(run, at[SIGN_COLUMN_SAYS]),
        };
    for (int i = 0; i < 4; i++)
        names_add(&run->scope[i], cell(run, at[SIGN_COLUMN_FROM_NODE + i]));
    result->rows++;
}

static const char *row_value(const void *context, struct text name)
{
    const struct run *run = context;

    if (text_equals(name, "rows"))
        return arena_format(run->arena, "%lld%s", (long long)run->result->rows,
                            run->result->is_cut ? "+" : "");
    for (size_t i = 0; i < run->result->first_row_count; i++)
        if (text_equals(name, run->result->first_row[i].column))
            return run->result->first_row[i].value;
    return NULL;
}

static void finish(struct run *run, enum confine_step last, const char *reason)
{
    struct sign_result *result = run->result;

    if (last == CONFINE_STOPPED) {
        result->outcome = SIGN_NOT_EVALUATED;
        result->missing = arena_copy(run->arena, reason, strlen(reason));
        result->rows = 0;
        result->evidence_count = 0;
        result->component = NULL;
        result->first_row_count = 0;
        return;
    }
    result->outcome = result->rows > 0 ? SIGN_FIRED : SIGN_SILENT;
    if (result->rows == 0)
        return;
    result->says =
        fill_sentence(run->arena, run->program->rule->says, row_value, run);
    result->from_nodes = names_list(&run->scope[0]);
    result->to_nodes = names_list(&run->scope[1]);
    result->transports = names_list(&run->scope[2]);
    result->clients = names_list(&run->scope[3]);
}

static void run_statement(struct run *run, struct confinement *confinement)
{
    struct sqlite3_stmt *statement = run->program->statement;
    enum confine_step step;

    confine_start(confinement);
    step = confine_step(confinement, statement);
    while (step == CONFINE_ROW) {
        if (run->result->rows == confinement->budget.rows) {
            run->result->is_cut = true;
            break;
        }
        keep_row(run);
        step = confine_step(confinement, statement);
    }
    finish(run, step, confine_reason(confinement));
    (void)sqlite3_reset(statement);
}

/* What of the first evidence it needs is not there. */
static bool is_testable(const struct sign_rule *rule,
                        const struct available *available,
                        struct sign_result *result)
{
    for (size_t i = 0; i < rule->needs.count; i++) {
        const struct available_need *need =
            available_find(available, rule->needs.ids[i]);

        if (need == NULL || need->is_there)
            continue;
        result->outcome = SIGN_NOT_TESTABLE;
        result->missing = need->what;
        result->collect = need->collect;
        return false;
    }
    return true;
}

void sign_run(struct sign_program *program, struct confinement *confinement,
              const struct available *available, struct arena *arena,
              struct sign_result *result)
{
    static const char *const none[] = { NULL };
    const struct sign_rule *rule = program->rule;
    struct run run = { .program = program, .arena = arena, .result = result };

    *result = (struct sign_result){
        .id = rule->id,
        .title = rule->title,
        .group = rule->group,
        .sha256 = rule->file.sha256,
        .from_nodes = none,
        .to_nodes = none,
        .transports = none,
        .clients = none,
    };
    if (!is_testable(rule, available, result))
        return;
    run.evidence =
        arena_allocate(arena, SIGN_EVIDENCE_MAX * sizeof *run.evidence);
    result->evidence = run.evidence;
    for (int i = 0; i < 4; i++)
        run.scope[i].arena = arena;
    run_statement(&run, confinement);
}
