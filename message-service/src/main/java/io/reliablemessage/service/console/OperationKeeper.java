package io.reliablemessage.service.console;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets operations that ended long ago; the audit does not. */
@Component
class OperationKeeper {

    private static final Logger log = LoggerFactory.getLogger(OperationKeeper.class);

    private final OperationStore operations;
    private final OperationProperties properties;

    OperationKeeper(OperationStore operations, OperationProperties properties) {
        this.operations = operations;
        this.properties = properties;
    }

    @Scheduled(fixedRate = 60, initialDelay = 5, timeUnit = TimeUnit.MINUTES)
    void forget() {
        try {
            while (operations.forget(properties.keep())) {
                log.atDebug().log("an old operation was forgotten");
            }
        } catch (DataAccessException failed) {
            log.atWarn().setCause(failed).log("old operations could not be forgotten, tried again in an hour");
        }
    }
}
