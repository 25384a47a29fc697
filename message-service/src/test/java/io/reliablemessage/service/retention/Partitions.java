package io.reliablemessage.service.retention;

import io.reliablemessage.service.Service;
import java.time.LocalDate;
import java.util.List;

final class Partitions {

    private Partitions() {}

    /** The days that the ledger has, the oldest first. */
    static List<LocalDate> days(Service service) {
        return service.jdbc().sql("""
                SELECT to_date(right(relid::text, 8), 'YYYYMMDD') AS day
                  FROM pg_partition_tree('message')
                 WHERE isleaf AND relid <> 'message'::regclass
                 ORDER BY day
                """).query(LocalDate.class).list();
    }
}
