#include "correlate/correlate.h"

#include "correlate/clock_offset.h"
#include "correlate/exchange.h"
#include "correlate/factor.h"
#include "correlate/phase.h"
#include "correlate/place.h"
#include "correlate/reachability.h"
#include "correlate/sql.h"
#include "store/store.h"

#include <stddef.h>

typedef bool step_fn(struct sqlite3 *database, struct failure *failure);

static bool make_ports(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "ports", failure);
}

static bool make_owner(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "owner", failure);
}

static bool make_vantage(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "vantage", failure);
}

static bool make_sight(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "sight", failure);
}

static bool read_logs(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "logged", failure);
}

static bool make_refusals(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "refusal", failure);
}

static bool make_indexes(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "indexes", failure);
}

static bool fold_retries(struct sqlite3 *database, struct failure *failure)
{
    return sql_run(database, "fold", failure);
}

/* In this order: each step uses what those before it made. */
static step_fn *const steps[] = {
    make_ports,        place_evidence,    make_owner,    make_vantage,
    clock_offset_make, make_sight,        exchange_make, read_logs,
    make_indexes,      fold_retries,      make_refusals, phase_make,
    factor_make,       reachability_make,
};

static const char clear_sql[] = "DROP INDEX IF EXISTS sighting_exchange;"
                                "DROP INDEX IF EXISTS exchange_outcome;"
                                "DROP INDEX IF EXISTS exchange_question;"
                                "DELETE FROM sighting; DELETE FROM exchange;"
                                "DELETE FROM vantage; DELETE FROM owner;"
                                "DELETE FROM phase; DELETE FROM factor;"
                                "DELETE FROM clock_offset;"
                                "DELETE FROM anomaly WHERE name ="
                                " 'correlate.too-many-sightings';";

/* Rows are looked up by identity, which is in no order on disk: with a small
 * cache each would be a read. What is derived here refers to rows that the
 * same transaction has just read, so that no reference is checked twice. */
static const char while_correlating[] = "PRAGMA foreign_keys = OFF;"
                                        "PRAGMA cache_size = -131072;"
                                        "PRAGMA temp.cache_size = -32768;";
static const char afterwards[] = "PRAGMA cache_size = -16384;"
                                 "PRAGMA foreign_keys = ON;";

static bool run_steps(struct sqlite3 *database, struct failure *failure)
{
    bool ok = sql_functions(database, failure) &&
              sql_execute(database, clear_sql, failure);

    for (size_t i = 0; ok && i < sizeof steps / sizeof steps[0]; i++)
        ok = steps[i](database, failure);
    return ok;
}

bool correlate(struct store *store, struct failure *failure)
{
    struct sqlite3 *database = store_database(store);

    if (!store_index(store, failure) ||
        !sql_execute(database, while_correlating, failure) ||
        !store_begin(store, failure))
        return false;
    if (!run_steps(database, failure)) {
        store_rollback(store);
        return false;
    }
    return store_commit(store, failure) &&
           sql_execute(database, afterwards, failure);
}
