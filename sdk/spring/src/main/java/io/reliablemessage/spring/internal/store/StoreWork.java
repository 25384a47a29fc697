package io.reliablemessage.spring.internal.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Work in one transaction of its own. */
@FunctionalInterface
public interface StoreWork<T> {

    T in(Connection connection) throws SQLException;
}
