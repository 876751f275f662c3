#if os(Linux)
    import CMalloc
#endif

/// What the memory allocator does with large blocks.
enum LargeBlocks {
    /// Gives each block of a megabyte or more back to the machine when it is freed.
    ///
    /// Left alone, glibc raises that size to the largest block that was ever freed (mallopt(3), `M_MMAP_THRESHOLD`): after the first
    /// password, whose hash takes 19 MiB, every thread's arena keeps such a block to itself. Half an hour of everything at once
    /// then rested at 345 MB; 24 minutes of it, with the size held from outside the program, at 188.
    static func areGivenBack() {
        #if os(Linux)
            mallopt(M_MMAP_THRESHOLD, 1 << 20)
            // Set one of them, and the other no longer follows: what is free at the end of an arena goes from two megabytes on.
            mallopt(M_TRIM_THRESHOLD, 2 << 20)
        #endif
    }
}
