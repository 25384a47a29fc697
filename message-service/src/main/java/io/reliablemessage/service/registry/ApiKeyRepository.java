package io.reliablemessage.service.registry;

import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

interface ApiKeyRepository extends Repository<ApiKey, Long> {

    @Query(nativeQuery = true, value = """
                    SELECT k.*
                      FROM api_key k JOIN application a ON a.name = k.application
                     WHERE k.hash = :hash
                       AND a.enabled
                       AND (k.expires_at IS NULL OR k.expires_at > now())
                    """)
    Optional<ApiKey> findLive(byte[] hash);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = """
                    UPDATE api_key SET last_used_on = current_date
                     WHERE id = :id AND last_used_on IS DISTINCT FROM current_date
                    """)
    void markUsed(long id);
}
