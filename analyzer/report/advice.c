#include "report/advice.h"

#include "report/page.h"
#include "report/place.h"
#include "report/words.h"

#include "base/memory.h"
#include "diagnose/verdict.h"

#include <string.h>

struct lifetime {
    const char *start; /* of a command */
    const char *says;
};

/* What outlives a restart, by the first words of a command. */
static const struct lifetime lifetimes[] = {
    {
        .start = "ethtool ",
        .says = "it lasts until the device is made anew, by a restart of the "
                "node or of the network plugin: to keep it, a systemd unit or "
                "the plugin's own setting (Calico: featureDetectOverride "
                "ChecksumOffloadBroken=true)",
    },
    {
        .start = "sysctl ",
        .says = "it lasts until the node restarts: to keep it, a file in "
                "/etc/sysctl.d/",
    },
    {
        .start = "modprobe ",
        .says = "it lasts until the node restarts: to keep it, a file in "
                "/etc/modules-load.d/",
    },
    {
        .start = "iptables ",
        .says = "it lasts until the node restarts or its firewall is loaded "
                "anew: to keep it, the firewall's own configuration",
    },
    {
        .start = "ip ",
        .says = "it lasts until the node restarts or the network plugin sets "
                "it anew: to keep it, the plugin's configuration",
    },
};

static const char *lifetime_of(const char *command)
{
    for (size_t i = 0; i < sizeof lifetimes / sizeof lifetimes[0]; i++)
        if (strncmp(command, lifetimes[i].start, strlen(lifetimes[i].start)) ==
            0)
            return lifetimes[i].says;
    return NULL;
}

/* A command as code and its remark as text; a sentence as it is. */
static void write_step(struct page *page, const char *text)
{
    struct step step = step_of(page->arena, text);

    page_code(page, step.command);
    if (step.remark != NULL && step.command != NULL)
        page_text(page, strchr(",;:", step.remark[0]) != NULL ? "" : " ");
    page_text(page, step.remark);
}

/* A cure that is one command stands alone, to be copied; what only makes sense
 * with its remark keeps it. */
static void write_labelled(struct page *page, const char *label,
                           const char *text, bool is_whole)
{
    struct step step = step_of(page->arena, text);

    page->form->paragraph_begin(page);
    page_format(page, "%s: ", label);
    if (is_whole || step.command == NULL)
        write_step(page, text);
    else
        page_code(page, step.command);
    page->form->paragraph_end(page);
}

static const char *label_of(struct page *page, const char *command,
                            const char *place)
{
    if (command == NULL)
        return "To cure it";
    if (step_only_looks(command))
        return "Look first";
    if (place == NULL)
        return "To test it, and to cure it";
    return arena_format(page->arena, "To test it, and to cure it, %s", place);
}

static bool write_first(struct page *page, const struct cause_result *cause)
{
    const char *fix = cause->fix != NULL ? cause->fix[0] : NULL;
    const char *undo = cause->undo != NULL ? cause->undo[0] : NULL;
    const char *command = step_of(page->arena, fix).command;
    const char *place;

    if (!place_of_command(page, cause, command, &place))
        return false;
    if (fix != NULL)
        write_labelled(page, label_of(page, command, place), fix,
                       command != NULL && step_only_looks(command));
    if (command != NULL && !step_only_looks(command) &&
        step_of(page->arena, undo).command != NULL)
        write_labelled(page, "To undo that", undo, false);
    return true;
}

bool advice_write_first(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;

    for (size_t i = 0; i < verdict->cause_count; i++)
        if (!write_first(page, verdict->causes[i]))
            return false;
    return true;
}

static void write_list(struct page *page, const char *label,
                       const char *const *list)
{
    if (list == NULL || list[0] == NULL)
        return;
    page_paragraph(page, label);
    page->form->list_begin(page);
    for (size_t i = 0; list[i] != NULL; i++) {
        page->form->item_begin(page);
        write_step(page, list[i]);
        page->form->item_end(page);
    }
    page->form->list_end(page);
}

static bool write_cures(struct page *page, const struct cause_result *cause)
{
    const char *place;

    page_paragraph(page, "Cures, the first to try first:");
    page->form->list_begin(page);
    for (size_t i = 0; cause->fix[i] != NULL; i++) {
        const char *command = step_of(page->arena, cause->fix[i]).command;
        const char *lasts = command != NULL ? lifetime_of(command) : NULL;

        if (!place_of_command(page, cause, command, &place))
            return false;
        page->form->item_begin(page);
        if (place != NULL)
            page_format(page, "%s: ", place);
        write_step(page, cause->fix[i]);
        if (lasts != NULL)
            page_format(page, " - %s.", lasts);
        page->form->item_end(page);
    }
    page->form->list_end(page);
    return true;
}

static void write_references(struct page *page,
                             const struct cause_result *cause)
{
    if (cause->references == NULL || cause->references[0] == NULL)
        return;
    page->form->paragraph_begin(page);
    page_text(page, "Described in: ");
    for (size_t i = 0; cause->references[i] != NULL; i++) {
        page_text(page, i > 0 ? ", " : "");
        page_code(page, cause->references[i]);
    }
    page->form->paragraph_end(page);
}

static bool write_cause(struct page *page, const struct cause_result *cause)
{
    if (cause->fix != NULL && cause->fix[0] != NULL &&
        !write_cures(page, cause))
        return false;
    write_list(page, "To undo that:", cause->undo);
    write_list(page, "It worked if:", cause->verify);
    write_list(page, "What can be mistaken for it:", cause->false_positives);
    write_references(page, cause);
    return true;
}

bool advice_write(struct page *page)
{
    const struct verdict *verdict = page->input->verdict;
    struct share share = page_share(page, 10);

    for (size_t i = 0; i < verdict->cause_count; i++) {
        const struct cause_result *cause = verdict->causes[i];
        size_t before = page->output->length;

        page_heading(page, verdict->cause_count == 1
                               ? "What to do"
                               : arena_format(page->arena, "What to do: %s",
                                              cause->title));
        if (!write_cause(page, cause))
            return false;
        (void)share_keeps(&share, page->output, before);
    }
    share_close(&share, page);
    return true;
}
