package io.reliablemessage.adminui.overview;

import static io.reliablemessage.adminui.fixture.OverviewFixture.down;
import static io.reliablemessage.adminui.fixture.OverviewFixture.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.OverviewFixture;
import io.reliablemessage.adminui.overview.HealthSummary.Finding;
import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.adminui.page.Formats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator reads first: whether all is well, and if not, what is worst. */
class HealthSummaryTest {

    private static final Finding OLDEST =
            new Finding("oldest unacknowledged 14 min", "/messages?state=SENDING&window=all");
    private static final Finding CAUSES = new Finding("3 causes are making deliveries fail", "/causes?window=PT1H");
    private static final Finding SUSPECTS = new Finding("2 messages are suspect", "/undecided?suspect=true");
    private static final Finding DOWN = new Finding("Down: Broker", "/#parts");
    private static final Finding HEALTHY =
            new Finding("Healthy: everything that is due is being processed", "/messages?state=SENDING&window=all");

    @ParameterizedTest
    @CsvSource(textBlock = """
            false, false, false, false, good,      HEALTHY,  ''
            false, false, false, true,  good,      HEALTHY,  OLDEST
            false, false, true,  false, undecided, SUSPECTS, ''
            false, false, true,  true,  undecided, SUSPECTS, OLDEST
            false, true,  false, false, bad,       CAUSES,   ''
            false, true,  false, true,  bad,       CAUSES,   OLDEST
            false, true,  true,  false, bad,       CAUSES,   SUSPECTS
            false, true,  true,  true,  bad,       CAUSES,   OLDEST SUSPECTS
            true,  false, false, false, bad,       DOWN,     ''
            true,  false, false, true,  bad,       DOWN,     OLDEST
            true,  false, true,  false, bad,       DOWN,     SUSPECTS
            true,  false, true,  true,  bad,       DOWN,     OLDEST SUSPECTS
            true,  true,  false, false, bad,       DOWN,     CAUSES
            true,  true,  false, true,  bad,       DOWN,     CAUSES OLDEST
            true,  true,  true,  false, bad,       DOWN,     CAUSES SUSPECTS
            true,  true,  true,  true,  bad,       DOWN,     CAUSES OLDEST SUSPECTS
            """)
    void theWorstComesFirstAndNothingIsLeftOut(
            boolean isDown,
            boolean hasCauses,
            boolean hasSuspects,
            boolean hasOldest,
            String level,
            String worst,
            String others) {
        var overview = OverviewFixture.healthy()
                .parts(up("database"), isDown ? down("broker", "refused") : up("broker"))
                .causes(hasCauses ? 3 : 0)
                .suspects(hasSuspects ? 2 : 0)
                .oldestUnacknowledgedAt(hasOldest ? Instant.parse("2026-11-21T11:46:00Z") : null);

        assertThat(summary(overview, Formats.english()))
                .isEqualTo(new HealthSummary(level, named(worst).getFirst(), named(others)));
    }

    @Test
    void allPartsThatAreDownAreNamedInTheReadersLanguage() {
        var overview = OverviewFixture.healthy()
                .parts(
                        down("database", "refused"),
                        up("broker"),
                        down("status-checker", "silent"),
                        down("recovery-job", "paused by ada"));

        assertThat(summary(overview, Formats.english()).worst().text())
                .isEqualTo("Down: Database, Status checker, Recovery job");
        assertThat(summary(overview, Formats.chinese()).worst().text()).isEqualTo("不可用：数据库, 状态回查器, 恢复任务");
    }

    @Test
    void aPartOfANewerServiceIsNamedAsItComes() {
        var overview = OverviewFixture.healthy().parts(up("database"), down("relay {0}", "refused"));

        assertThat(summary(overview, Formats.english()).worst()).isEqualTo(new Finding("Down: relay {0}", "/#parts"));
    }

    @Test
    void withoutPartsNothingIsDown() {
        assertThat(summary(OverviewFixture.healthy().parts(), Formats.english()).level())
                .isEqualTo("good");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1   | One cause is making deliveries fail   | 有 1 个死因正在导致投递失败
            2   | 2 causes are making deliveries fail   | 有 2 个死因正在导致投递失败
            412 | 412 causes are making deliveries fail | 有 412 个死因正在导致投递失败
            """)
    void causesAreCounted(int causes, String english, String chinese) {
        var overview = OverviewFixture.healthy().causes(causes);

        assertThat(summary(overview, Formats.english()).worst().text()).isEqualTo(english);
        assertThat(summary(overview, Formats.chinese()).worst().text()).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1   | One message is suspect   | 有 1 条消息存疑
            2   | 2 messages are suspect   | 有 2 条消息存疑
            999 | 999 messages are suspect | 有 999 条消息存疑
            """)
    void suspectMessagesAreCounted(int suspects, String english, String chinese) {
        var overview = OverviewFixture.healthy().suspects(suspects);

        assertThat(summary(overview, Formats.english()).worst().text()).isEqualTo(english);
        assertThat(summary(overview, Formats.chinese()).worst().text()).isEqualTo(chinese);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-21T11:59:59.700Z | oldest unacknowledged 300 ms | 最久未确认消费：300 毫秒
            2026-11-21T11:00:00Z     | oldest unacknowledged 1 h    | 最久未确认消费：1 小时
            2026-10-21T11:00:00Z     | oldest unacknowledged 31 d   | 最久未确认消费：31 天
            2026-11-21T12:00:01Z     | oldest unacknowledged 0 ms   | 最久未确认消费：0 毫秒
            """)
    void theOldestThatIsOnItsWayHasItsAge(Instant since, String english, String chinese) {
        var overview = OverviewFixture.healthy().oldestUnacknowledgedAt(since);

        assertThat(summary(overview, Formats.english()).others())
                .extracting(Finding::text)
                .containsExactly(english);
        assertThat(summary(overview, Formats.chinese()).others())
                .extracting(Finding::text)
                .containsExactly(chinese);
    }

    @Test
    void healthIsSaidInChineseAsWell() {
        assertThat(summary(OverviewFixture.healthy(), Formats.chinese()).worst().text())
                .isEqualTo("一切正常：到期的消息都在处理中");
    }

    private static HealthSummary summary(OverviewFixture overview, Format format) {
        return HealthSummary.of(overview.build(), format);
    }

    private static List<Finding> named(String names) {
        var findings = new ArrayList<Finding>();
        for (var name : names.split(" ", -1)) {
            switch (name) {
                case "DOWN" -> findings.add(DOWN);
                case "CAUSES" -> findings.add(CAUSES);
                case "SUSPECTS" -> findings.add(SUSPECTS);
                case "OLDEST" -> findings.add(OLDEST);
                case "HEALTHY" -> findings.add(HEALTHY);
                default -> assertThat(name).isEmpty();
            }
        }
        return findings;
    }
}
