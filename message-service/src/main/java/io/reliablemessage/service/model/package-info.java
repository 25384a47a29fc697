/**
 * Types that several features share: ids, transitions, dispatches, row columns, metrics of transitions.
 *
 * <p>Transitions are data: which step leads from which states to which. The features' SQL takes the steps, each as one
 * guarded write; no store is here.
 */
@NullMarked
package io.reliablemessage.service.model;

import org.jspecify.annotations.NullMarked;
