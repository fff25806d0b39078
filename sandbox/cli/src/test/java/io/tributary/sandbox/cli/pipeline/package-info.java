@NullMarked
package io.tributary.sandbox.cli.pipeline;

import org.jspecify.annotations.NullMarked;
