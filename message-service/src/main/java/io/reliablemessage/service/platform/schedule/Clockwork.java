package io.reliablemessage.service.platform.schedule;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Runs scheduled tasks on few threads, so that a slow database meets a few of them at most. Tasks that must not wait for
 * any database have a thread of their own.
 */
@Configuration(proxyBeanMethods = false)
public class Clockwork {

    /** The scheduler of tasks that never wait. */
    public static final String NAME = "clockScheduler";

    private static final int THREADS = 4;

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        return scheduler(THREADS, "task-");
    }

    @Bean(defaultCandidate = false)
    ThreadPoolTaskScheduler clockScheduler() {
        return scheduler(1, "clock-");
    }

    private static ThreadPoolTaskScheduler scheduler(int threads, String prefix) {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(threads);
        scheduler.setThreadNamePrefix(prefix);
        scheduler.setDaemon(true);
        return scheduler;
    }
}
