package io.reliablemessage.service.admin.operation;

import io.reliablemessage.service.platform.schedule.Hourly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Deletes operations that ended long ago; the audit keeps its entries. */
@Component
class OperationRetention {

    private static final Logger log = LoggerFactory.getLogger(OperationRetention.class);

    private final OperationStore operations;
    private final OperationProperties properties;
    private final Hourly hourly = new Hourly();

    OperationRetention(OperationStore operations, OperationProperties properties) {
        this.operations = operations;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void keep() {
        try {
            hourly.run(this::forgetOld);
        } catch (DataAccessException | TransactionException failed) {
            log.atWarn().setCause(failed).log("old operations could not be deleted, tried again in a minute");
        }
    }

    void forgetOld() {
        while (operations.forget(properties.retention())) {
            log.atDebug().log("an old operation was deleted");
        }
    }
}
