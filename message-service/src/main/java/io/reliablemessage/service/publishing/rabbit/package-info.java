/** RabbitMQ as the {@link io.reliablemessage.service.publishing.Broker}; the only package that imports AMQP. */
@NullMarked
package io.reliablemessage.service.publishing.rabbit;

import org.jspecify.annotations.NullMarked;
