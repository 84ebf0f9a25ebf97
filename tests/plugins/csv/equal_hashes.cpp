// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "csv_bodies.hpp"

#include "../../sdk/equal_hashes.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <malloc.h>

using namespace csv_bodies;

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // whose allocator is another
// Boost.JSON alone takes seconds for each row.
BOOST_AUTO_TEST_CASE(names_of_equal_hashes_cost_a_row_before_it_takes_long)
{
    constexpr std::size_t count = 65'536;
    const std::string crowded = penstock::tests::object_of_equal_hashes(count); // {"a":1,"b":1…
    std::string text;
    for (std::size_t at = crowded.find('"'); at != std::string::npos;)
    {
        const std::size_t end = crowded.find('"', at + 1);
        text.append(text.empty() ? "" : ",").append(crowded, at + 1, end - at - 1);
        at = crowded.find('"', end + 1);
    }
    text += '\n' + std::string(count - 1, ',') + "\n";
    // Blocks of the size of the table are mapped, each on pages of its own, once the heap has no
    // room for them.
    BOOST_TEST_REQUIRE(::mallopt(M_MMAP_THRESHOLD, 128 << 10) == 1);
    std::vector<std::unique_ptr<char[]>> fill;
    do
        fill.push_back(std::make_unique_for_overwrite<char[]>(std::size_t{2} << 20));
    while ((reinterpret_cast<std::uintptr_t>(fill.back().get()) & 0xfff) != 0x10 &&
           fill.size() < 1'000);
    BOOST_TEST(reasons_of(read(text)) ==
                   (strings{"row 1, line 2: too many names of columns with equal hashes; expected "
                            "such as differ"}),
               boost::test_tools::per_element());
}
#endif
