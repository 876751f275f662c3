#pragma once
#include <sqlite3.h>

// `sqlite3_db_config` is variadic, which Swift cannot call: the two settings Storage needs, by name.

static inline int maillage_sqlite_defensive(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

static inline int maillage_sqlite_no_checkpoint_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
