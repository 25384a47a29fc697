package io.reliablemessage.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** All cases. */
public final class ContractSuite {

    private ContractSuite() {}

    /** The cases as tests of one service, in a topic of their own. */
    public static Stream<DynamicTest> against(ServiceUnderTest service) {
        var session = Session.start(service);
        return cases().stream()
                .map(one -> dynamicTest(one.name(), () -> one.steps().accept(session)));
    }

    public static List<ContractCase> cases() {
        return Stream.of(
                        new StateCases(StateTable.read()).all(),
                        ContentCases.all(),
                        MemberCases.all(),
                        HeaderCases.all(),
                        TimeCases.all(),
                        ArrayCases.all(),
                        ConsumerCases.all(),
                        RegistryCases.all(),
                        ApplicationCases.all(),
                        HttpCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
