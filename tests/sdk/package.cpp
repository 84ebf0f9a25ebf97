// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string_view>

#define PENSTOCK_PACKAGE_NAME "demo"
#define PENSTOCK_PACKAGE_VERSION "1.2.3"
#define PENSTOCK_PACKAGE_LICENCE "Apache-2.0"

namespace
{

struct greet final : penstock::component
{
    void run() override {}
};

struct leave final : penstock::component
{
    void run() override {}
};

} // namespace

// As another file of the package would define it.
extern constinit const penstock::component_entry leave_entry =
    penstock::component_of<leave>("leave", penstock::category::publisher, "Says goodbye.");

PENSTOCK_PACKAGE(penstock::component_of<greet>("greet", penstock::category::transformer,
                                               "Greets each packet."),
                 &leave_entry)

// The linker's names for the two ends of a section.
extern "C" const char __start_penstock_stamp[];
extern "C" const char __stop_penstock_stamp[];

namespace
{

penstock::manifest seen_first;
std::string_view name_seen_first;

__attribute__((constructor(101))) void look_before_any_initialiser()
{
    seen_first = penstock_manifest;
    name_seen_first = penstock_manifest.components[1].entry().name;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_manifest_begins_with_its_frozen_part)
{
    BOOST_TEST(std::string_view(penstock_manifest.magic, 8) == "penstock");
    BOOST_TEST(penstock_manifest.version == unsigned(PENSTOCK_SDK_ABI));
    BOOST_TEST(penstock_manifest.size == sizeof(penstock::manifest));
    static_assert(offsetof(penstock::manifest, version) == 8);
    static_assert(offsetof(penstock::manifest, size) == 12);
}

BOOST_AUTO_TEST_CASE(the_manifest_lists_components_defined_here_and_elsewhere)
{
    BOOST_TEST(std::string_view(penstock_manifest.package) == "demo");
    BOOST_TEST(std::string_view(penstock_manifest.package_version) == "1.2.3");
    BOOST_TEST(std::string_view(penstock_manifest.licence) == "Apache-2.0");
    BOOST_TEST_REQUIRE(penstock_manifest.count == 2u);
    const penstock::component_entry& first = penstock_manifest.components[0].entry();
    BOOST_TEST(std::string_view(first.name) == "greet");
    BOOST_TEST((first.category == penstock::category::transformer));
    BOOST_TEST(std::string_view(first.summary) == "Greets each packet.");
    const std::unique_ptr<penstock::component> made(first.make());
    BOOST_TEST(dynamic_cast<greet*>(made.get()) != nullptr);
    BOOST_TEST(&penstock_manifest.components[1].entry() == &leave_entry);
}

BOOST_AUTO_TEST_CASE(the_manifest_is_there_before_any_initialiser_runs)
{
    BOOST_TEST(seen_first.count == 2u);
    BOOST_TEST(seen_first.components == penstock_manifest.components);
    BOOST_TEST(name_seen_first == "leave");
}

BOOST_AUTO_TEST_CASE(the_stamp_stands_in_its_own_section)
{
    const std::string_view stamp(
        __start_penstock_stamp,
        static_cast<std::size_t>(__stop_penstock_stamp - __start_penstock_stamp));
    const std::string begin = "penstock-stamp=1\nsdk=" + std::to_string(PENSTOCK_SDK_ABI) +
                              "\nboost=" + std::to_string(BOOST_VERSION) +
                              "\nglibcxx_cxx11_abi=1\n";
    BOOST_TEST(stamp.starts_with(begin));
    BOOST_TEST(stamp.find("\npackage=demo\nversion=1.2.3\nlicence=Apache-2.0\n") !=
               std::string_view::npos);
    BOOST_TEST(stamp.find("\nsanitizer=" PENSTOCK_SANITIZER "\n") != std::string_view::npos);
}
