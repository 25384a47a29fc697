package io.reliablemessage.recovery;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.worker.SettingRules;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the recovery job.
 *
 * @param serviceUrl the message service, such as {@code http://message-service:8080}; required
 * @param apiKey a key with the role worker; required
 * @param interval between two calls while they succeed; 100 ms to 1 min
 * @param limit most deliveries per call; the job requests what the service processes in a second; 1 to 5,000
 * @param requestTimeout for one call; 1 s to 15 s, so that a call in flight ends within the 20 s of a shutdown
 */
@ConfigurationProperties(RecoveryJobProperties.PREFIX)
record RecoveryJobProperties(
        @Nullable String serviceUrl,
        @Nullable String apiKey,
        @DefaultValue("500ms") Duration interval,
        @DefaultValue("5000") int limit,
        @DefaultValue("10s") Duration requestTimeout) {

    static final String PREFIX = "recovery-job";

    RecoveryJobProperties {
        var rules = new SettingRules(PREFIX);
        rules.service(serviceUrl, apiKey);
        rules.within("interval", interval, "100ms", "1m");
        rules.within("limit", limit, 1, 5000);
        rules.within("request-timeout", requestTimeout, "1s", "15s");
    }

    ClientSettings client() {
        return SettingRules.client(serviceUrl, apiKey).withRequestTimeout(requestTimeout);
    }

    @Override
    public String toString() {
        return "RecoveryJobProperties[serviceUrl=" + serviceUrl + ", interval=" + interval + ", limit=" + limit
                + ", requestTimeout=" + requestTimeout + "]";
    }
}
