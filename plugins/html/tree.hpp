// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gumbo.h>

namespace html_package
{

/// The error of a page that costs more than it may.
class page_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// What a page may cost.
struct page_limits
{
    std::size_t depth = 512;
    std::size_t memory = std::size_t{128} << 20;
    std::chrono::milliseconds time{1000}; ///< of a processor
};

/// The elements of a page, as gumbo finds them. It needs a stack of full size.
class tree
{
public:
    /// Reads a page in UTF-8, which outlives this. Throws page_error when it reaches a limit.
    tree(std::string_view page, const page_limits& limits);
    ~tree();
    tree(const tree&) = delete;
    tree& operator=(const tree&) = delete;

    /// The element `html`.
    [[nodiscard]] const GumboNode& root() const { return *root_; }

private:
    struct block;

    static void* allocate(void* self, std::size_t size);
    static void release(void* self, void* memory);
    void release_all();

    page_limits limits_;
    block* blocks_ = nullptr;
    std::size_t used_ = 0;
    std::size_t calls_ = 0;
    std::chrono::nanoseconds end_;
    const char* reached_ = nullptr; ///< the limit
    void* escape_ = nullptr;
    const GumboNode* root_ = nullptr;
};

/// The children of an element, none of any other node.
[[nodiscard]] inline const GumboVector* children_of(const GumboNode& node)
{
    return node.type == GUMBO_NODE_ELEMENT ? &node.v.element.children : nullptr;
}

/// Walks over a node and all below it, in order, without recursion: calls `enter` for each node,
/// and for those of which it returns true, `leave` behind their children.
template <class Enter, class Leave>
void walk(const GumboNode& root, const Enter& enter, const Leave& leave)
{
    const GumboNode* node = &root;
    for (bool down = enter(root);;)
    {
        const GumboVector* children = down ? children_of(*node) : nullptr;
        if (children != nullptr && children->length > 0)
        {
            node = static_cast<const GumboNode*>(children->data[0]);
            down = enter(*node);
            continue;
        }
        if (down)
            leave(*node);
        const GumboNode* next = nullptr;
        while (node != &root && next == nullptr)
        {
            const GumboVector& siblings = node->parent->v.element.children;
            if (node->index_within_parent + 1 < siblings.length)
            {
                next = static_cast<const GumboNode*>(siblings.data[node->index_within_parent + 1]);
            }
            else
            {
                node = node->parent;
                leave(*node);
            }
        }
        if (next == nullptr)
            return;
        node = next;
        down = enter(*node);
    }
}

} // namespace html_package
