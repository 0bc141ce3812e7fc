#include "correlate/factor.h"

#include "correlate/sql.h"

#include <math.h>
#include <sqlite3.h>

/* The chance that chi-squared with one degree of freedom is this large. */
static void chi_squared_p(sqlite3_context *context, int count,
                          sqlite3_value **values)
{
    double chi_squared = sqlite3_value_double(values[0]);

    (void)count;
    sqlite3_result_double(context,
                          chi_squared > 0 ? erfc(sqrt(chi_squared / 2)) : 1.0);
}

bool factor_make(struct sqlite3 *database, struct failure *failure)
{
    if (sqlite3_create_function(database, "chi_squared_p", 1,
                                SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                chi_squared_p, NULL, NULL) != SQLITE_OK)
        return fail(failure, "correlate: %s", sqlite3_errmsg(database));
    return sql_run(database, "factor", failure);
}
