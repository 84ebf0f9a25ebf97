// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How much of a stack scripts need: nodes have 256 KiB.
#include "deep_scripts.hpp"
#include "script_state.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>

#include <pthread.h>

namespace
{

constexpr std::size_t stack_bytes = std::size_t{1} << 20;
constexpr unsigned char untouched = 0xa5;

/// Calls a function on a thread of its own; returns how many bytes of its stack were written.
std::size_t stack_used(void* (*function)(void*), void* argument)
{
    const std::unique_ptr<unsigned char[]> memory(new unsigned char[stack_bytes + 4096]);
    const std::size_t begin = 4096 - reinterpret_cast<std::uintptr_t>(memory.get()) % 4096;
    unsigned char* const stack = memory.get() + begin;
    std::fill_n(stack, stack_bytes, untouched);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack, stack_bytes);
    pthread_t thread{};
    BOOST_TEST_REQUIRE(pthread_create(&thread, &attributes, function, argument) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    return static_cast<std::size_t>(
        stack + stack_bytes -
        std::find_if(stack, stack + stack_bytes, [](unsigned char c) { return c != untouched; }));
}

void* run_script(void* script)
{
    std::string& text = *static_cast<std::string*>(script);
    text = lua_tests::result_of(text);
    return nullptr;
}

} // namespace

BOOST_AUTO_TEST_SUITE(stack)

BOOST_AUTO_TEST_CASE(the_deepest_recursion_needs_less_than_two_thirds_of_what_a_node_has)
{
    std::string nothing = "return 1";
    const std::size_t least = stack_used(&run_script, &nothing);
    BOOST_TEST(nothing == "1");
    for (const char* const deep : lua_tests::deep_scripts)
    {
        std::string script = std::string(deep) + " return f({text = 'a text that is not short'})";
        const std::size_t used = stack_used(&run_script, &script);
        BOOST_TEST_MESSAGE(used << " bytes: " << deep);
        BOOST_TEST(used > least);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && defined(__OPTIMIZE__)
        BOOST_TEST(used < 170U * 1024, used << " bytes: " << deep << ": " << script);
#endif
    }
}

BOOST_AUTO_TEST_SUITE_END()
