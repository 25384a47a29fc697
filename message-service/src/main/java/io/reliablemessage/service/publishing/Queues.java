package io.reliablemessage.service.publishing;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.Map;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/** The subscriptions' queues in the broker. */
@Component
public class Queues {

    private final RabbitTemplate rabbit;
    private final PublishingProperties properties;

    Queues(RabbitTemplate rabbit, PublishingProperties properties) {
        this.rabbit = rabbit;
        this.properties = properties;
    }

    /** Names the queue of a subscription. */
    public String nameFor(String subscription) {
        return properties.queuePrefix() + subscription;
    }

    /**
     * Makes sure that a queue is there. One that is there stays as it is, whatever its type.
     *
     * @throws BrokerUnavailable when that cannot be known now
     */
    public void declare(String queue) {
        try {
            if (!exists(queue)) {
                rabbit.execute(channel -> channel.queueDeclare(
                        queue, true, false, false, Map.of("x-queue-type", properties.queueType())));
            }
        } catch (AmqpException unavailable) {
            throw new BrokerUnavailable("queue %s could not be declared".formatted(queue), unavailable);
        }
    }

    /**
     * How many messages wait in a queue for a consumer; none if there is no such queue.
     *
     * @throws BrokerUnavailable when that cannot be known now
     */
    int ready(String queue) {
        try {
            var messages =
                    rabbit.execute(channel -> channel.queueDeclarePassive(queue).getMessageCount());
            return messages == null ? 0 : messages;
        } catch (AmqpException failed) {
            if (isNotFound(failed)) {
                return 0;
            }
            throw new BrokerUnavailable("queue %s could not be asked for its length".formatted(queue), failed);
        }
    }

    private boolean exists(String queue) {
        try {
            rabbit.execute(channel -> channel.queueDeclarePassive(queue));
            return true;
        } catch (AmqpException failed) {
            if (isNotFound(failed)) {
                return false;
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

    /** The broker is away, or refuses what it is asked for. */
    public static final class BrokerUnavailable extends RuntimeException {
        BrokerUnavailable(String fact, Throwable cause) {
            super(fact, cause);
        }
    }
}
