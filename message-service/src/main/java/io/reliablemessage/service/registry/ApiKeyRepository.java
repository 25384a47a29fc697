package io.reliablemessage.service.registry;

import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

interface ApiKeyRepository extends Repository<ApiKey, Long> {

    /** By the database's clock. */
    @Query("""
            SELECT k
              FROM ApiKey k JOIN Application a ON a.name = k.application
             WHERE k.hash = :hash
               AND a.enabled
               AND (k.expiresAt IS NULL OR k.expiresAt > CURRENT_TIMESTAMP)
            """)
    Optional<ApiKey> findLive(byte[] hash);

    @Modifying
    @Transactional
    @Query("""
            UPDATE ApiKey k SET k.lastUsedOn = LOCAL DATE
             WHERE k.id = :id AND (k.lastUsedOn IS NULL OR k.lastUsedOn <> LOCAL DATE)
            """)
    void markUsed(long id);
}
