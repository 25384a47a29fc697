package io.reliablemessage.spring.internal.fence;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.spring.TestDatabase;
import io.reliablemessage.spring.internal.store.Dialect;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.TableNames;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The ways of writing a fence, and what each is tried on. */
enum FencedDatabase {
    POSTGRESQL(TestDatabase.POSTGRESQL, Dialect.POSTGRESQL),
    MARIADB(TestDatabase.MARIADB, Dialect.MARIADB),
    H2(TestDatabase.H2, Dialect.H2),
    /** MySQL's statements, which MariaDB takes as well. */
    MYSQL_ON_MARIADB(TestDatabase.MARIADB, Dialect.MYSQL);

    private final TestDatabase kind;
    private final Dialect dialect;

    FencedDatabase(TestDatabase kind, Dialect dialect) {
        this.kind = kind;
        this.dialect = dialect;
    }

    HikariDataSource newDatabase() {
        return kind.newDatabase();
    }

    TestDatabase kind() {
        return kind;
    }

    Store store(DataSource database) throws SQLException {
        return new Store(
                database,
                dialect,
                TableNames.DEFAULT,
                Store.open(database, TableNames.DEFAULT).id());
    }
}
