@NullMarked
package io.tributary.sandbox.cli.audit;

import org.jspecify.annotations.NullMarked;
