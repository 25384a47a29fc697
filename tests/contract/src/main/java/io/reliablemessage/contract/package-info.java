/**
 * One list of cases for the real service and for the in-memory one: a test class of each runs {@link
 * io.reliablemessage.contract.ContractSuite}.
 *
 * <p>What a call does in a state is not written here: the cases are generated from the tables of {@code docs/states.md},
 * which the service's own transitions generate.
 */
@NullMarked
package io.reliablemessage.contract;

import org.jspecify.annotations.NullMarked;
