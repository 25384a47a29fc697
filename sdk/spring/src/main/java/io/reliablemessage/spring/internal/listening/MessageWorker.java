package io.reliablemessage.spring.internal.listening;

import com.rabbitmq.client.Channel;
import io.reliablemessage.spring.MessageHead;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;

/** Handles messages of one subscription and answers for them. Safe for use by many threads. */
final class MessageWorker {

    private static final Logger LOG = LoggerFactory.getLogger(MessageWorker.class);

    private final Subscribed subscribed;
    private final TransactionalHandling handling;
    private final ServiceAnswers answers;
    private final FailureReports reports;
    private final Events events;

    MessageWorker(
            Subscribed subscribed,
            TransactionalHandling handling,
            ServiceAnswers answers,
            FailureReports reports,
            Events events) {
        this.subscribed = subscribed;
        this.handling = handling;
        this.answers = answers;
        this.reports = reports;
        this.events = events;
    }

    Subscribed subscribed() {
        return subscribed;
    }

    /** Never throws: the broker is answered in any case, after everything else. */
    void work(Message message, Channel channel) {
        try {
            handle(ReceivedMessage.of(message, subscribed.subscription()));
        } catch (ForeignMessageException e) {
            discard(message, e);
        } catch (Throwable e) {
            LOG.error("A message of subscription {} was not answered; it comes again", subscribed.subscription(), e);
        } finally {
            acknowledge(message, channel);
        }
    }

    private void handle(ReceivedMessage message) {
        var start = System.nanoTime();
        var head = message.head();
        var outcome = handling.handle(message.id(), message.payload(), head, subscribed.handler());
        if (outcome instanceof Outcome.Handled) {
            answers.add(ServiceAnswer.ack(head));
            var duration = Duration.ofNanos(System.nanoTime() - start);
            events.emit(listener -> listener.handled(head, duration));
        } else if (outcome instanceof Outcome.Duplicate) {
            answers.add(ServiceAnswer.ack(head));
            events.emit(listener -> listener.duplicate(head));
        } else if (outcome instanceof Outcome.Rejected rejected) {
            answers.add(ServiceAnswer.reject(head, rejected.code(), rejected.reason()));
            events.emit(listener -> listener.rejected(head, rejected.code(), rejected.reason()));
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(head, failed.cause());
        }
    }

    private void failed(MessageHead head, Throwable cause) {
        LOG.atWarn()
                .addKeyValue("message", head.id())
                .addKeyValue("subscription", head.subscription())
                .addKeyValue("attempt", head.attempt())
                .setCause(cause)
                .log("A message was not handled; it comes again on the service's schedule");
        reports.report(head, cause);
        events.emit(listener -> listener.failed(head, cause));
    }

    private void discard(Message message, ForeignMessageException e) {
        var queue = String.valueOf(message.getMessageProperties().getConsumerQueue());
        var reason = String.valueOf(e.getMessage());
        LOG.atWarn().addKeyValue("queue", queue).log("A message is not of the service and is thrown away: {}", reason);
        events.emit(listener -> listener.foreign(queue, reason));
    }

    /** If the channel is gone, the broker hands the message out again. */
    private void acknowledge(Message message, Channel channel) {
        try {
            channel.basicAck(message.getMessageProperties().getDeliveryTag(), false);
        } catch (IOException | AmqpException | com.rabbitmq.client.ShutdownSignalException e) {
            LOG.debug("The broker could not be answered", e);
        } catch (RuntimeException e) {
            LOG.warn("The broker could not be answered", e);
        }
    }
}
