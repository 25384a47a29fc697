package io.reliablemessage.service.publishing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Declares queues on threads of their own, each once at a time: a queue that hangs must not hold up who noticed it. */
@Component
class QueueDeclarations {

    private static final Logger log = LoggerFactory.getLogger(QueueDeclarations.class);

    private final Queues queues;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    QueueDeclarations(Queues queues) {
        this.queues = queues;
    }

    /** @return false: the queue is being declared already */
    boolean start(String queue) {
        if (!underWay.add(queue)) {
            return false;
        }
        try {
            Thread.ofVirtual().name("declare-queue").start(() -> declare(queue));
            return true;
        } catch (Throwable noThread) {
            underWay.remove(queue);
            throw noThread;
        }
    }

    private void declare(String queue) {
        try {
            queues.declare(queue);
        } catch (Throwable away) { // An Error too: the next refused send declares again.
            log.atDebug().addKeyValue("queue", queue).setCause(away).log("queue could not be declared again");
        } finally {
            underWay.remove(queue);
        }
    }
}
