package io.reliablemessage.spring.internal.sending;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what a completed transaction leaves to do. It is called while the transaction still holds its connection, so
 * it must neither wait nor call anybody nor throw.
 */
public interface Completion {

    /**
     * The transaction committed, or nobody knows whether it did: whoever settles looks for the rows again.
     *
     * @param store null: not known; the DataSource tells, or the sweep finds the rows
     * @param prepared the service has these as half messages
     * @param others it has not, or not certainly
     */
    void committed(DataSource dataSource, @Nullable String store, List<UUID> prepared, List<UUID> others);

    /**
     * The transaction is said to have rolled back.
     *
     * @param maybePrepared the service may have these as half messages
     */
    void rolledBack(String store, List<UUID> maybePrepared);
}
