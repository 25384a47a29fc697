package io.reliablemessage.api;

/** How an application proves that an answer to a check-back is its own. */
public enum CheckAnswers {
    /** The answer is signed as the request is: Standard Webhooks, with the id of the request. */
    SIGNED,
    /** Not at all. Whoever is between the application and the status checker can decide its messages. */
    UNSIGNED
}
