package io.reliablemessage.service.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.springframework.http.ProblemDetail;

/**
 * Replaces the answer of an item that failed, in an array's answer.
 *
 * @param id the id in the item; left out if the item has none
 * @param problem RFC 9457
 */
public record ItemProblem(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String id, ProblemDetail problem) {}
