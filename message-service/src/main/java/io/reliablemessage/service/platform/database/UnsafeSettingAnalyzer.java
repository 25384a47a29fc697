package io.reliablemessage.service.platform.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints fact and remedy instead of a stack. */
class UnsafeSettingAnalyzer extends AbstractFailureAnalyzer<UnsafeSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnsafeSetting cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
