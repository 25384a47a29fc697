package io.reliablemessage.service.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.http.ProblemDetail;

/**
 * Stands in an array's answer where an item could not be done.
 *
 * @param id what the item called itself; left out when it said nothing
 * @param problem RFC 9457
 */
public record ItemProblem(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String id, ProblemDetail problem) {}
