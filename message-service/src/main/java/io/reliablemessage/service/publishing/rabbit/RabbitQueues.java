package io.reliablemessage.service.publishing.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import io.reliablemessage.service.publishing.Broker.Backlog;
import io.reliablemessage.service.publishing.BrokerUnavailable;
import io.reliablemessage.service.publishing.PublishingProperties;
import java.util.Map;
import java.util.Optional;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/** Declares and examines queues, over channels that publish nothing: a missing queue closes its channel. */
@Component
class RabbitQueues {

    private final RabbitTemplate rabbit;
    private final PublishingProperties properties;

    RabbitQueues(RabbitTemplate rabbit, PublishingProperties properties) {
        this.rabbit = rabbit;
        this.properties = properties;
    }

    void declare(String queue) {
        try {
            if (find(queue).isEmpty()) {
                rabbit.execute(channel -> channel.queueDeclare(
                        queue, true, false, false, Map.of("x-queue-type", properties.queueType())));
            }
        } catch (AmqpException unavailable) {
            throw new BrokerUnavailable("queue %s could not be declared".formatted(queue), unavailable);
        }
    }

    Backlog backlog(String queue) {
        try {
            return find(queue).orElse(Backlog.NONE);
        } catch (AmqpException failed) {
            throw new BrokerUnavailable("the backlog of queue %s could not be read".formatted(queue), failed);
        }
    }

    private Optional<Backlog> find(String queue) {
        try {
            return Optional.ofNullable(rabbit.execute(channel -> channel.queueDeclarePassive(queue)))
                    .map(found -> new Backlog(found.getMessageCount(), found.getConsumerCount()));
        } catch (AmqpException failed) {
            if (isNotFound(failed)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static boolean isNotFound(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException closed
                    && closed.getReason() instanceof AMQP.Channel.Close reason
                    && reason.getReplyCode() == AMQP.NOT_FOUND) {
                return true;
            }
        }
        return false;
    }
}
