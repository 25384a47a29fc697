package io.reliablemessage.service.retention;

import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.NeedsDatabaseAtStartup;
import io.reliablemessage.service.platform.database.UnsafeSetting;
import io.reliablemessage.service.platform.schedule.Hourly;
import java.time.Duration;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Creates partitions ahead, at start and every hour, and drops old ones. */
@Component
@NeedsDatabaseAtStartup
class DayKeeper implements InitializingBean {

    static final int AHEAD = 8;

    private static final Logger log = LoggerFactory.getLogger(DayKeeper.class);
    private static final Duration MARGIN = Duration.ofDays(1);

    private final DayStore days;
    private final LedgerMetrics metrics;
    private final LedgerProperties ledger;
    private final RetentionProperties properties;
    private final Hourly hourly = new Hourly();

    DayKeeper(DayStore days, LedgerMetrics metrics, LedgerProperties ledger, RetentionProperties properties) {
        this.days = days;
        this.metrics = metrics;
        this.ledger = ledger;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() {
        var least = ledger.acceptWindow().plus(MARGIN);
        if (properties.period().compareTo(least) < 0) {
            throw new UnsafeSetting(
                    "message-service.retention.period is %s, so a day could be dropped while it still takes messages."
                            .formatted(properties.period()),
                    "Set it to %s or more: a day longer than message-service.ledger.accept-window.".formatted(least));
        }
        days.make(back(), AHEAD);
        metrics.measure();
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void keep() {
        try {
            hourly.run(() -> {
                days.make(back(), AHEAD);
                dropOldDays();
                metrics.measure();
            });
        } catch (DataAccessException | TransactionException failed) {
            log.atWarn().setCause(failed).log("days could not be created ahead or dropped, tried again in a minute");
        }
    }

    /** The number of days back that ids are accepted. */
    int back() {
        return (int) ledger.acceptWindow().plusDays(1).minusNanos(1).toDays();
    }

    /** Keeps days with live messages, and days in use: these are tried again in an hour. */
    void dropOldDays() {
        for (var day : days.olderThan(properties.period())) {
            try {
                if (!days.isLive(day)) {
                    logOutcome(day, days.drop(day));
                }
            } catch (DataAccessException failed) {
                log.atWarn().addKeyValue("day", day).setCause(failed).log("an old day could not be dropped");
            }
        }
    }

    private static void logOutcome(LocalDate day, DayStore.Drop outcome) {
        log.atInfo().addKeyValue("day", day).addKeyValue("outcome", outcome).log("drop of an old day");
    }
}
