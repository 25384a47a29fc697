package io.reliablemessage.adminui.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.registry.ApplicationsView.Checkbacks;
import io.reliablemessage.adminapi.registry.ApplicationsView.Key;
import io.reliablemessage.adminui.api.Operator.Role;
import io.reliablemessage.adminui.fixture.ApplicationFixture;
import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.SubscriptionFixture;
import io.reliablemessage.adminui.page.Rendering;
import io.reliablemessage.api.CheckAnswers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages of subscriptions and applications say, and let their reader do. */
class RegistryActionsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            false, -,        ''
            false, VIEWER,   ''
            false, OPERATOR, ''
            false, LEAD,     pause override
            false, ADMIN,    pause override
            true,  -,        ''
            true,  VIEWER,   ''
            true,  OPERATOR, ''
            true,  LEAD,     resume override
            true,  ADMIN,    resume override
            """)
    void aLeadPausesResumesAndOverrides(boolean paused, @Nullable Role role, String offered) {
        var page = subscription(SubscriptionFixture.named("points").paused(paused), role);

        assertThat(offered(page, "/subscriptions/points/")).isEqualTo(offered);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            http://shop/check, -,        ''
            http://shop/check, VIEWER,   ''
            http://shop/check, OPERATOR, checkbacks
            http://shop/check, LEAD,     checkbacks
            http://shop/check, ADMIN,    checkbacks keys
            -,                 OPERATOR, ''
            -,                 LEAD,     ''
            -,                 ADMIN,    keys
            """)
    void anOperatorChecksBackAndAnAdminCreatesKeys(@Nullable String url, @Nullable Role role, String offered) {
        var page = application(ApplicationFixture.named("shop").checkbacks(ApplicationFixture.neverAsked(url)), role);

        assertThat(offered(page, "/applications/shop/")).isEqualTo(offered);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            false, -,                    ADMIN, expire
            false, 2026-11-21T12:00:01Z, ADMIN, expire
            false, 2026-11-21T12:00:00Z, ADMIN, ''
            false, 2026-11-20T12:00:00Z, ADMIN, ''
            true,  -,                    ADMIN, ''
            false, -,                    LEAD,  ''
            false, -,                    VIEWER, ''
            false, -,                    -,     ''
            """)
    void onlyAKeyThatIsLiveAndNotConfiguredIsExpired(
            boolean configured, @Nullable Instant expiresAt, @Nullable Role role, String offered) {
        var key = new Key("rmk_ab", List.of("PRODUCER"), configured, Fixtures.AT, null, expiresAt);

        var page = application(ApplicationFixture.named("shop").keys(key), role);

        assertThat(offered(page, "/keys/rmk_ab/")).isEqualTo(offered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1  |                | Schedule until given up: one attempt within 0 ms
            3  | PT30S PT1M30S  | Schedule until given up: 3 attempts within 1 min
            12 | PT30S PT9H     | Schedule until given up: 12 attempts within 9 h
            """)
    void aScheduleIsToldInASentence(int attempts, @Nullable String preview, String told) {
        var times = preview == null
                ? new Duration[0]
                : List.of(preview.split(" ", -1)).stream().map(Duration::parse).toArray(Duration[]::new);

        assertThat(subscription(
                        SubscriptionFixture.named("points")
                                .maxAttempts(attempts)
                                .preview(times),
                        Role.VIEWER))
                .contains(told);
    }

    @Test
    void whatIsOutOfTheOrdinaryIsMarked() {
        var plain = subscription(SubscriptionFixture.named("points"), Role.VIEWER);
        var marked = subscription(
                SubscriptionFixture.named("points")
                        .paused(true)
                        .overridden(true)
                        .retiredAt(Fixtures.AT)
                        .queued(null),
                Role.VIEWER);

        assertThat(plain).doesNotContain(">paused<", ">overridden<", ">retired ");
        assertThat(marked).contains(">paused<", ">overridden<", ">retired 2026-11-21 10:00:00<", "<dd>–</dd>");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,                    false
            2026-11-21T11:59:59Z, false
            2026-11-21T12:00:00Z, false
            2026-11-21T12:05:00Z, true
            """)
    void aBackOffThatIsOverIsNotShown(@Nullable Instant until, boolean isShown) {
        var resting = new Checkbacks("http://shop", CheckAnswers.SIGNED, 0.2, 12L, 5, until);

        var page = application(ApplicationFixture.named("shop").checkbacks(resting), Role.VIEWER);

        assertThat(page.contains("Too few check-backs were answered: backed off, next check-back in 5 min."))
                .isEqualTo(isShown);
        assertThat(page).contains("20.0\u202f%");
    }

    @Test
    void bothReadInChinese() {
        var resting = new Checkbacks(
                "http://shop", CheckAnswers.SIGNED, null, null, 5, Instant.parse("2026-11-21T12:05:00Z"));
        var key = new Key("rmk_ab", List.of("PRODUCER"), true, Fixtures.AT, null, null);
        var item = SubscriptionFixture.named("points")
                .paused(true)
                .overridden(true)
                .retiredAt(Fixtures.AT)
                .build();
        var application = ApplicationFixture.named("shop")
                .enabled(false)
                .checkbacks(resting)
                .keys(key)
                .build();

        var subscriptions =
                Rendering.chinese("subscriptions", Map.of("subscriptions", List.of(new ScheduleChart(item))));
        var applications = Rendering.chinese(
                "applications", Map.of("applications", List.of(application), "roles", List.of("producer")));

        assertThat(subscriptions).contains("已于 2026-11-21 10:00:00 退役", "直至判死：1 分钟内尝试 3 次");
        assertThat(applications).contains("多次回查没有答复，已退避；下次回查：5 分钟后。", "尚未回查");
        assertThat(Rendering.untranslated(subscriptions + applications)).isEmpty();
    }

    private static String subscription(SubscriptionFixture subscription, @Nullable Role role) {
        return Rendering.page(
                "subscriptions", role, Map.of("subscriptions", List.of(new ScheduleChart(subscription.build()))));
    }

    private static String application(ApplicationFixture application, @Nullable Role role) {
        return Rendering.page(
                "applications",
                role,
                Map.of("applications", List.of(application.build()), "roles", List.of("producer")));
    }

    private static String offered(String page, String prefix) {
        return Rendering.forms(page).stream()
                .filter(form -> form.startsWith(prefix))
                .map(form -> form.substring(prefix.length()))
                .collect(Collectors.joining(" "));
    }
}
