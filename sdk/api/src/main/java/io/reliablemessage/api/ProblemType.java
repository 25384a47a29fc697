package io.reliablemessage.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every kind of problem the service answers with (RFC 9457). Its {@code type} is {@code /problems/<slug>}, where the
 * service shows these texts.
 */
public enum ProblemType {
    MALFORMED_REQUEST(
            400,
            "Malformed request",
            "The request is not what this call takes: broken JSON, a wrong type, an unknown or repeated member.",
            "Correct the request as the detail says; sending it again unchanged cannot help."),
    UNAUTHENTICATED(
            401,
            "Unauthenticated",
            "No API key came with the call, or one that is unknown or expired.",
            "Send 'Authorization: Bearer <api key>' with a key that is live."),
    FORBIDDEN(
            403,
            "Forbidden",
            "The key is good, but none of its roles may make this call.",
            "Use a key with one of the roles that the detail names.",
            "matched"),
    NOT_FOUND(
            404,
            "Not found",
            "There is nothing at this path.",
            "Look the path up in the API description at /swagger-ui.html."),
    MESSAGE_NOT_FOUND(
            404,
            "Message not found",
            "Your application has no message with this id. Messages of other applications look absent as well.",
            "Check the id and the key. For an ack this answer is final.",
            "messageId"),
    TOPIC_NOT_FOUND(
            404,
            "Topic not found",
            "Your application may not use a topic of this name: it is unknown, or closed to you for producing or subscribing.",
            "Register it with PUT /topics/{name}, or have its owner add your application to 'consumers'."),
    METHOD_NOT_ALLOWED(
            405,
            "Method not allowed",
            "The path exists, the method does not.",
            "Use one of the methods in the 'Allow' header."),
    NOT_ACCEPTABLE(
            406,
            "Not acceptable",
            "The service answers in JSON, which the 'Accept' header excludes.",
            "Accept application/json."),
    REQUEST_TIMEOUT(
            408,
            "Request timeout",
            "The request's body did not arrive within 30 seconds, so nothing was done.",
            "Send the same call again; send less at a time if that happens often."),
    CONTENT_DIFFERS(
            409,
            "Content differs",
            "A message or an operation with this id is stored already, with other content or by another application.",
            "Repeat a call with exactly what was sent first; use a new id for a new message.",
            "messageId"),
    TRANSITION_REFUSED(
            409,
            "Transition refused",
            "The state of the message or delivery does not allow this step; it was decided otherwise before.",
            "Take 'state' as the answer: it shows how the message was decided.",
            "messageId",
            "subscription",
            "attempted",
            "state"),
    NAME_TAKEN(409, "Name taken", "Another application has registered this name.", "Choose another name."),
    COUNT_DIFFERS(
            409,
            "Count differs",
            "More, or other, deliveries match now than were previewed, so nothing was done.",
            "Look at the preview again; 'matched' says how many they are.",
            "matched",
            "expected"),
    OPERATION_OVER(
            409,
            "Operation over",
            "The operation is finished or cancelled, or has no deliveries for this step.",
            "Take 'state' as the answer; start another operation if more is to be done.",
            "operationId",
            "state"),
    NOT_ASKED(
            409,
            "Not asked",
            "The application has registered no check URL, so there are no check-backs of its half messages.",
            "Let it register one with PUT /application, or decide suspect messages by hand.",
            "messageId",
            "application"),
    REGISTRATION_FIXED(
            409,
            "Registration fixed",
            "A subscription's topic and kind cannot change once it is registered.",
            "Register a new subscription and retire the old one."),
    TOPIC_IN_USE(
            409,
            "Topic in use",
            "The topic has subscriptions, so there may be messages of it.",
            "Keep it; retired subscriptions count as well. Only a topic that nobody subscribed to can be deleted."),
    QUOTA_REACHED(
            409,
            "Quota reached",
            "The application has registered as many topics or subscriptions as it may.",
            "Use those that are there; delete topics that nobody subscribes to; or have the service's operator raise the limit that the detail names.",
            "application"),
    TOO_LARGE(
            413,
            "Too large",
            "The request's body is larger than this call takes.",
            "Send less at a time; store large content elsewhere and send its URL."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "Unsupported media type",
            "The body is not declared as JSON, in UTF-8 and uncompressed.",
            "Send 'Content-Type: application/json', without another charset and without 'Content-Encoding'."),
    INVALID_REQUEST(
            422,
            "Invalid request",
            "The request is well-formed, but a value in it is not allowed.",
            "Correct the value that the detail names."),
    ID_OUTSIDE_WINDOW(
            422,
            "Id outside the window",
            "The time inside the id (UUIDv7) is too far from the service's.",
            "Make the id when you prepare the message, and check your clock against 'now'.",
            "now",
            "earliest",
            "latest"),
    NO_SUBSCRIPTION(
            422,
            "No subscription",
            "Nobody subscribes to the topic, so the message could never be consumed.",
            "Register a subscription before the first message.",
            "messageId"),
    AMBIGUOUS_SUBSCRIPTION(
            422,
            "Ambiguous subscription",
            "Several of this message's deliveries are yours.",
            "Name one of 'subscriptions' in the call.",
            "messageId",
            "subscriptions"),
    IDEMPOTENCY_KEY_REUSED(
            422,
            "Idempotency key reused",
            "A message was prepared with this Idempotency-Key before, with other content.",
            "Repeat a call with exactly what was sent first; use a new key for a new message.",
            "messageId"),
    UNSUPPORTED_KIND(422, "Unsupported kind", "Subscriptions of this kind do not exist yet.", "Use kind QUEUE."),
    TOO_MANY_CALLS(
            429,
            "Too many calls",
            "The key makes more calls per second than it may.",
            "Wait for 'Retry-After' seconds; send arrays instead of single objects."),
    INTERNAL_ERROR(
            500,
            "Internal error",
            "The service failed unexpectedly.",
            "Repeat the call; if it keeps failing, tell the service's operators when it happened."),
    UNAVAILABLE(
            503,
            "Unavailable",
            "The service could not do it now, or the outcome is unknown.",
            "Send the same call again after 'Retry-After' seconds; every call is safe to repeat.");

    private final int status;
    private final String title;
    private final String meaning;
    private final String remedy;
    private final List<String> members;

    ProblemType(int status, String title, String meaning, String remedy, String... members) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.remedy = remedy;
        this.members = List.of(members);
    }

    /** Finds the type a problem's {@code type} member names: a path or an absolute address that ends with the slug. */
    public static Optional<ProblemType> fromUri(String uri) {
        return Arrays.stream(values())
                .filter(type -> uri.endsWith("/problems/" + type.slug()))
                .findFirst();
    }

    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String uri() {
        return "/problems/" + slug();
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** What has happened, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What the caller can do about it. */
    public String remedy() {
        return remedy;
    }

    /** What it may carry beside the members that every problem has, for programs to read. */
    public List<String> members() {
        return members;
    }
}
