#include "report/place.h"

#include "base/memory.h"
#include "base/text.h"
#include "diagnose/names.h"
#include "diagnose/verdict.h"
#include "report/page.h"
#include "report/words.h"

#include <sqlite3.h>
#include <string.h>

static const char nodes_sql[] = "SELECT DISTINCT node FROM v_evidence"
                                " WHERE node IS NOT NULL ORDER BY node";

/* Programs of a node; the others talk to the cluster from anywhere. */
static const char *const node_programs[] = {
    "conntrack ", "ethtool ",  "ip ",     "iptables ",    "ipvsadm ",
    "modprobe ",  "nft ",      "sysctl ", "systemctl ",   "tc ",
    "ip6tables ", "iptables-", "ufw ",    "timedatectl ", "firewall-cmd ",
};

static bool is_for_a_node(const char *command)
{
    for (size_t i = 0; i < sizeof node_programs / sizeof node_programs[0]; i++)
        if (strncmp(command, node_programs[i], strlen(node_programs[i])) == 0)
            return true;
    return false;
}

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' ||
           byte == '.';
}

bool place_is_named(const char *text, const char *name)
{
    size_t length = strlen(name);

    if (length == 0)
        return false;
    for (const char *at = strstr(text, name); at != NULL;
         at = strstr(at + 1, name))
        if ((at == text || !is_name_byte(at[-1])) && !is_name_byte(at[length]))
            return true;
    return false;
}

static bool is_listed(const char *const *list, const char *name)
{
    for (size_t i = 0; list[i] != NULL; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

/* Checksums are the sender's to finish; for the rest the component names its
 * nodes. */
static bool is_concerned(const struct cause_result *cause, const char *command,
                         const char *node)
{
    bool is_for_senders = strncmp(command, "ethtool ", 8) == 0 &&
                          cause->scope.from_nodes[0] != NULL;

    if (is_for_senders)
        return is_listed(cause->scope.from_nodes, node);
    return cause->component != NULL && place_is_named(cause->component, node);
}

/* "on a and b", "on every node" if that is all of them. */
static const char *place_text(struct page *page, const struct names *concerned,
                              size_t nodes)
{
    if (concerned->count == 0 || (concerned->count == nodes && nodes > 1))
        return "on every node";
    return arena_format(page->arena, "on %s",
                        names_sentence(page->arena, names_list(concerned), ""));
}

bool place_of_command(struct page *page, const struct cause_result *cause,
                      const char *command, const char **place)
{
    struct sqlite3 *database = page_database(page);
    struct names concerned = { .arena = page->arena };
    size_t nodes = 0;
    sqlite3_stmt *row = NULL;
    int result;

    *place = NULL;
    if (command == NULL || !is_for_a_node(command))
        return true;
    result = sqlite3_prepare_v2(database, nodes_sql, -1, &row, NULL);
    while (result == SQLITE_OK || result == SQLITE_ROW) {
        const char *node;

        result = sqlite3_step(row);
        if (result != SQLITE_ROW)
            break;
        node = (const char *)sqlite3_column_text(row, 0);
        if (is_concerned(cause, command, node))
            names_add(&concerned, node);
        nodes++;
    }
    if (result != SQLITE_DONE)
        fail(page->failure, "report: %s", sqlite3_errmsg(database));
    sqlite3_finalize(row);
    *place = place_text(page, &concerned, nodes);
    return result == SQLITE_DONE;
}
