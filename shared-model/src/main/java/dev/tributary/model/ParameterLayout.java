package dev.tributary.model;

import java.util.List;

/** The named blocks that a flat weight vector consists of, in order; each block is row-major. */
public record ParameterLayout(List<Block> blocks) {
    /** One matrix of weights. */
    public record Block(String name, int rows, int columns) {
        public Block {
            if (rows < 1 || columns < 1) {
                throw new IllegalArgumentException(
                        "block " + name + " must be at least 1x1, was " + rows + "x" + columns);
            }
        }

        /** The number of weights in this block. */
        public int size() {
            return Math.multiplyExact(rows, columns);
        }
    }

    public ParameterLayout {
        blocks = List.copyOf(blocks);
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("blocks must not be empty");
        }
    }

    /** The layout of these blocks, in this order. */
    public static ParameterLayout of(Block... blocks) {
        return new ParameterLayout(List.of(blocks));
    }

    /** The number of all weights. */
    public int size() {
        return blocks.stream().mapToInt(Block::size).reduce(0, Math::addExact);
    }
}
