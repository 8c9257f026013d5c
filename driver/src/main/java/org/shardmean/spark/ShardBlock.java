package org.shardmean.spark;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import org.shardmean.average.Block;
import org.shardmean.average.SumTree;
import org.shardmean.data.Examples;

/** The shards of one task, on its executor. They can be gone through once. */
public final class ShardBlock {
  private final SumTree tree;
  private final Block block;
  private final Iterator<Examples> shards;

  ShardBlock(SumTree tree, Block block, Iterator<Examples> shards) {
    this.tree = requireNonNull(tree, "tree");
    this.block = requireNonNull(block, "block");
    this.shards = requireNonNull(shards, "shards");
  }

  /** Works out something from a shard. */
  @FunctionalInterface
  public interface Leaf<T> {
    /** From the shard of this number, from 0. */
    T of(int number, Examples shard);
  }

  /**
   * Adds up what {@code leaf} makes of each shard, as far as the fixed tree allows within this
   * block; {@link Shards#total} adds up the rest on the driver.
   *
   * @param plus adds the sum of later shards to that of earlier ones
   * @return one sum for each of the largest subtrees in this block, in order
   */
  public <T> List<T> partialSums(Leaf<T> leaf, BinaryOperator<T> plus) {
    return tree.partialSums(block, number -> leaf.of(number, shards.next()), plus);
  }

  /** The shards, all held now, to be gone through again and again. */
  Kept kept() {
    List<Examples> all = new ArrayList<>();
    shards.forEachRemaining(all::add);
    return new Kept(tree, block, all);
  }

  /** The shards of one task for several rounds. */
  record Kept(SumTree tree, Block block, List<Examples> shards) {
    Kept {
      shards = List.copyOf(shards);
    }

    /** All of them from the first on. */
    ShardBlock again() {
      return new ShardBlock(tree, block, shards.iterator());
    }
  }

  /** Which shards. */
  Block block() {
    return block;
  }
}
