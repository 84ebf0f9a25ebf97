// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tree.hpp"

#include <csetjmp>
#include <cstdlib>
#include <ctime>

namespace html_package
{

namespace
{

constexpr std::size_t calls_between_looks = 64; // at the clock

std::chrono::nanoseconds processor_time()
{
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

} // namespace

// What gumbo has allocated and not yet released, as a list.
struct alignas(std::max_align_t) tree::block
{
    block* before;
    block* behind;
    std::size_t size;

    // What it takes, with what malloc keeps of it.
    static std::size_t cost(std::size_t size) { return size + sizeof(block) + 16; }
};

tree::tree(std::string_view page, const page_limits& limits)
    : limits_(limits), end_(processor_time() + limits.time)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = &allocate;
    options.deallocator = &release;
    options.userdata = this;
    options.max_errors = 0;
    // Gumbo knows no limits. What it calls for memory leaves it at one; nothing of it has a
    // destructor, and its memory is ours.
    std::jmp_buf escape;
    escape_ = &escape;
    if (setjmp(escape) == 0) // NOLINT(cert-err52-cpp)
        root_ = gumbo_parse_with_options(&options, page.data(), page.size())->root;
    escape_ = nullptr;
    if (reached_ != nullptr)
    {
        release_all();
        throw page_error(reached_);
    }
}

tree::~tree()
{
    release_all();
}

// gumbo_destroy_output() would take a call for each level of the tree.
void tree::release_all()
{
    while (blocks_ != nullptr)
    {
        block* const each = blocks_;
        blocks_ = each->behind;
        std::free(each);
    }
}

void* tree::allocate(void* self, std::size_t size)
{
    tree& t = *static_cast<tree*>(self);
    if (++t.calls_ % calls_between_looks == 0 && processor_time() > t.end_)
        t.reached_ = "time limit: reading takes too long; a page of simpler structure was expected";
    else if (size > t.limits_.memory || t.used_ + block::cost(size) > t.limits_.memory)
        t.reached_ = "memory limit: reading takes too much; a smaller page was expected";
    block* made = nullptr;
    if (t.reached_ == nullptr)
        made = static_cast<block*>(std::malloc(sizeof(block) + size));
    if (made == nullptr)
    {
        if (t.reached_ == nullptr)
            t.reached_ = "memory limit: there is none left; more was expected";
        std::longjmp(*static_cast<std::jmp_buf*>(t.escape_), 1); // NOLINT(cert-err52-cpp)
    }
    t.used_ += block::cost(size);
    *made = {nullptr, t.blocks_, size};
    if (t.blocks_ != nullptr)
        t.blocks_->before = made;
    t.blocks_ = made;
    return made + 1;
}

void tree::release(void* self, void* memory)
{
    if (memory == nullptr)
        return;
    tree& t = *static_cast<tree*>(self);
    block* const gone = static_cast<block*>(memory) - 1;
    (gone->before != nullptr ? gone->before->behind : t.blocks_) = gone->behind;
    if (gone->behind != nullptr)
        gone->behind->before = gone->before;
    t.used_ -= block::cost(gone->size);
    std::free(gone);
}

} // namespace html_package
