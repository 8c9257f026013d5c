package org.shardmean.average;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.IntFunction;

/**
 * The fixed binary tree along which everything is added up over {@code 0 … leaves - 1}. A sum of
 * floats depends on the order of its additions; this order depends on the number of leaves alone.
 * So any task may compute the sum of any subtree, and the whole has the same bits however the
 * leaves were cut into blocks.
 *
 * <p>A node over more than one leaf is split after the largest power of two below its size: the
 * left part is a complete tree, the right one may be smaller.
 *
 * @param leaves how many, at least 1
 */
public record SumTree(int leaves) implements Serializable {
  public SumTree {
    if (leaves < 1) {
      throw new IllegalArgumentException("a sum needs at least one leaf, found " + leaves);
    }
  }

  /**
   * The sums of the largest subtrees that lie within {@code block}, in order: one where the block
   * is a subtree, otherwise more, at most two for each level of the tree.
   *
   * @param leaf the value of a leaf; asked once for each leaf of the block, in ascending order
   * @param plus adds the sum of later leaves to the sum of earlier ones
   */
  public <T> List<T> partialSums(Block block, IntFunction<T> leaf, BinaryOperator<T> plus) {
    List<T> sums = new ArrayList<>();
    addSums(new Block(0, leaves), block, leaf, plus, sums);
    return sums;
  }

  /**
   * The sum of all leaves.
   *
   * @param blocks that cover all leaves, in order
   * @param partialSums those of each block, in order, as {@link #partialSums} gave them
   * @param plus as there
   */
  public <T> T total(List<Block> blocks, List<List<T>> partialSums, BinaryOperator<T> plus) {
    boolean[] isBorder = new boolean[leaves + 1];
    blocks.forEach(block -> isBorder[block.first()] = true);
    Iterator<T> inOrder = partialSums.stream().flatMap(List::stream).iterator();
    return total(new Block(0, leaves), isBorder, inOrder, plus);
  }

  private static <T> void addSums(
      Block node, Block block, IntFunction<T> leaf, BinaryOperator<T> plus, List<T> sums) {
    if (block.first() <= node.first() && node.end() <= block.end()) {
      sums.add(sum(node, leaf, plus));
    } else if (node.first() < block.end() && block.first() < node.end()) {
      addSums(left(node), block, leaf, plus, sums);
      addSums(right(node), block, leaf, plus, sums);
    }
  }

  private static <T> T sum(Block node, IntFunction<T> leaf, BinaryOperator<T> plus) {
    if (node.size() == 1) {
      return leaf.apply(node.first());
    }
    T left = sum(left(node), leaf, plus);
    return plus.apply(left, sum(right(node), leaf, plus));
  }

  private static <T> T total(
      Block node, boolean[] isBorder, Iterator<T> partialSums, BinaryOperator<T> plus) {
    boolean isCut = false;
    for (int leaf = node.first() + 1; leaf < node.end(); leaf++) {
      isCut |= isBorder[leaf];
    }
    if (!isCut) {
      return partialSums.next();
    }
    T left = total(left(node), isBorder, partialSums, plus);
    return plus.apply(left, total(right(node), isBorder, partialSums, plus));
  }

  private static Block left(Block node) {
    return new Block(node.first(), middle(node));
  }

  private static Block right(Block node) {
    return new Block(middle(node), node.end());
  }

  private static int middle(Block node) {
    return node.first() + Integer.highestOneBit(node.size() - 1);
  }
}
