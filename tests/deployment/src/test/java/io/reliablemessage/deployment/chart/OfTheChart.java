package io.reliablemessage.deployment.chart;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that renders the chart. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.reliablemessage.deployment.chart.Chart#canBeRendered",
        disabledReason = "helm-java has no native library for this platform")
@interface OfTheChart {}
