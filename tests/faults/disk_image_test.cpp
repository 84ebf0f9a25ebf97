// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/disk_image.hpp"
#include "tests/host/cli/program.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>

using namespace penstock::faults;
using penstock::host::cli::testing::read_file;
using penstock::host::cli::testing::scratch;

namespace
{

constexpr std::string_view name = "/disk/file";

/// The calls of a program, as an image sees them. Texts must outlive it.
class program_of
{
public:
    void make() { tell({deed::make, 1, 0, name.size()}, name); }
    void write(std::uint64_t at, std::string_view text)
    {
        tell({deed::write, 1, at, text.size()}, text);
    }
    void truncate(std::uint64_t size) { tell({deed::truncate, 1, size, 0}, {}); }
    void unlink() { tell({deed::unlink, 0, 0, name.size()}, name); }
    void sync_file() { tell({deed::sync, 1, events_, 0}, {}); }
    void sync_directory() { tell({deed::sync, 0, events_, 0}, {}); }

    /// All that 200 power cuts may leave of the file; "-" where there is none.
    [[nodiscard]] std::set<std::string> cuts() const
    {
        std::set<std::string> found;
        disk_image::random chance(1);
        for (int i = 0; i < 200; ++i)
        {
            const scratch place;
            image_.write_to(place.path(), "/disk", chance);
            const std::filesystem::path file = place.path() / "file";
            found.insert(std::filesystem::exists(file) ? read_file(file) : "-");
        }
        return found;
    }

private:
    void tell(const event_head& head, std::string_view text)
    {
        image_.apply({head, text.data()});
        ++events_;
    }

    disk_image image_;
    std::uint64_t events_ = 0;
};

using texts = std::set<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(what_was_synced_is_always_there)
{
    program_of does;
    does.make();
    does.write(0, "kept");
    does.sync_file();
    does.sync_directory();
    BOOST_TEST(does.cuts() == texts{"kept"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_was_not_synced_may_be_there_or_not)
{
    program_of does;
    does.make();
    does.sync_directory();
    does.write(0, "new");
    BOOST_TEST(does.cuts() == (texts{"", "new"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_sector_is_written_whole_and_in_any_order_with_others)
{
    const std::string one(512, '1');
    const std::string two(512, '2');
    program_of does;
    does.make();
    const std::string old(512, '0');
    const std::string before = old + old;
    const std::string after = one + two;
    does.write(0, before);
    does.sync_file();
    does.sync_directory();
    does.write(0, after);
    BOOST_TEST(does.cuts() == (texts{before, one + old, old + two, after}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_later_write_may_be_there_without_an_earlier_one)
{
    program_of does;
    does.make();
    does.sync_directory();
    does.write(0, "a");
    does.write(1, "b");
    BOOST_TEST(does.cuts() == (texts{"", "a", std::string("\0b", 2), "ab"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_sync_covers_only_what_was_done_before_it_began)
{
    program_of does;
    does.make();
    does.sync_directory();
    does.write(0, "a");
    does.sync_file();
    does.truncate(0);
    BOOST_TEST(does.cuts() == (texts{"", "a"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_name_is_safe_when_its_directory_was_synced)
{
    program_of does;
    does.make();
    does.write(0, "kept");
    does.sync_file();
    BOOST_TEST(does.cuts() == (texts{"-", "kept"}), boost::test_tools::per_element());
    does.sync_directory();
    does.unlink();
    BOOST_TEST(does.cuts() == (texts{"-", "kept"}), boost::test_tools::per_element());
    does.sync_directory();
    BOOST_TEST(does.cuts() == texts{"-"}, boost::test_tools::per_element());
}
