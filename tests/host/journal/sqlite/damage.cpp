// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/journal_check.hpp"
#include "host/journal/sqlite/rows.hpp"
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/sqlite/faulty_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <random>

BOOST_AUTO_TEST_SUITE(damage)

// Damage to the file of a closed journal: whatever is read afterwards is what was written, or is
// said to be damaged.
//
// PENSTOCK_FLIPS sets how many bits are flipped, each in a copy of its own; PENSTOCK_SEED which;
// they are the same each time if it is not set.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

std::string contents_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What was written.
struct written
{
    std::map<entry_number, journal_entry> pending;
    std::map<std::string, dead_letter> dead_letters;
    std::map<std::string, journal_entry> originals; // by letter
    std::vector<kept_receipt> receipts;
    std::map<std::string, packet_id> keys;
};

written fill(const std::filesystem::path& directory, std::mt19937_64& random, bool compresses)
{
    sqlite_journal_options options;
    options.directory = directory;
    options.compresses = compresses;
    sqlite_journal journal(options);
    written all;
    for (int i = 0; i < 300; ++i)
    {
        std::string body(random() % 3'000, '\0');
        for (char& each : body)
            each = static_cast<char>(random() & (compresses ? 3 : 255)); // two bits are left
        journal_entry what = an_entry(i % 3 == 0 ? "other" : "g", body);
        what.idempotency_key = i % 4 == 0 ? "key" + std::to_string(i) : "";
        const issue given = append(journal, what).given;
        what.number = given.number;
        what.id = given.id;
        if (!what.idempotency_key.empty())
            all.keys[what.idempotency_key] = given.id;
        if (i % 5 != 0)
        {
            all.pending[given.number] = what;
            continue;
        }
        dead_letter about = a_dead_letter(given.number, "reason " + std::to_string(i));
        about.id = journal.dead(about);
        all.dead_letters[about.id] = about;
        all.originals[about.id] = what;
        const finished_entry end = finished(given);
        all.receipts.push_back(end.receipt);
        journal.done(end);
    }
    return all;
}

bool is_same(const journal_entry& a, const journal_entry& b)
{
    return a.number == b.number && a.id == b.id && a.graph == b.graph && a.key == b.key &&
           a.accepted == b.accepted && a.head == b.head && a.body == b.body && a.size == b.size &&
           a.idempotency_key == b.idempotency_key && a.fingerprint == b.fingerprint;
}

bool is_same(const dead_letter& a, const dead_letter& b)
{
    return a.id == b.id && a.entry == b.entry && a.graph == b.graph && a.node == b.node &&
           a.reason == b.reason && a.packet == b.packet && a.receipts == b.receipts &&
           a.time == b.time;
}

// Whether an entry is one that was done. Its mark may be a row that is not found any more: then it
// comes again, which is allowed (docs/decisions/0046-bundles.md), and must be whole.
bool comes_again(const journal_entry& read, const written& all)
{
    return std::ranges::any_of(all.originals,
                               [&](const auto& each) { return is_same(read, each.second); });
}

/// What reading found.
struct verdict
{
    int wrong = 0;    ///< differs from what was written, and nothing says so
    int detected = 0; ///< is said to be damaged
    int missing = 0;  ///< was not read
};

void read_entries(sqlite_journal& journal, const written& all, verdict& found)
{
    std::size_t read = 0;
    for (const char* graph : {"g", "other"})
        for (const journal_entry& each : all_of(journal, graph))
        {
            ++read;
            const auto sent = all.pending.find(each.number);
            if (each.head.empty())
                ++found.detected;
            else if (sent == all.pending.end() ? !comes_again(each, all)
                                               : !is_same(each, sent->second))
                ++found.wrong;
        }
    if (read < all.pending.size())
        ++found.missing;
}

void read_rest(sqlite_journal& journal, const written& all, verdict& found)
{
    journal_queries& kept = journal.kept();
    for (const auto& [id, sent] : all.dead_letters)
    {
        const auto read = kept.find_dead_letter(id);
        if (!read)
            ++found.missing;
        else if (read->graph.empty())
            ++found.detected;
        else if (!is_same(*read, sent))
            ++found.wrong;
        const auto original = kept.original(id);
        if (!original)
            ++found.missing;
        else if (original->head.empty())
            ++found.detected;
        else if (!is_same(*original, all.originals.at(id)))
            ++found.wrong;
    }
    for (const kept_receipt& sent : all.receipts)
        try
        {
            const auto read = kept.receipt(sent.id);
            if (!read)
                ++found.missing;
            else if (read->graph != sent.graph || read->delivered != sent.delivered)
                ++found.wrong;
        }
        catch (const journal_error&)
        {
            ++found.detected;
        }
    for (const auto& [key, id] : all.keys)
        if (const auto read = kept.key(key); !read)
            ++found.missing;
        else if (read->id != id)
            ++found.wrong;
}

verdict read_all(const std::filesystem::path& directory, const std::string& vfs, const written& all)
{
    verdict found;
    sqlite_journal_options options;
    options.directory = directory;
    options.vfs = vfs;
    std::optional<sqlite_journal> journal;
    const auto guarded = [&](auto read)
    {
        try
        {
            read();
        }
        catch (const journal_error&)
        {
            ++found.detected;
        }
    };
    guarded([&] { journal.emplace(options); });
    if (!journal)
        return found;
    guarded([&] { read_entries(*journal, all, found); });
    guarded([&] { read_rest(*journal, all, found); });
    return found;
}

void flip_bits(bool compresses)
{
    const std::uint64_t seed = setting("PENSTOCK_SEED", 1);
    const std::uint64_t flips = setting("PENSTOCK_FLIPS", 100);
    BOOST_TEST_MESSAGE("PENSTOCK_SEED=" << seed);
    std::mt19937_64 random(seed);
    const scratch place(in_memory()); // not a test of how long 300 syncs take
    const written all = fill(place.path(), random, compresses);
    const std::string whole = contents_of(place.file());
    faulty_disk disk;
    disk.syncs = false;

    int undetected_losses = 0;
    int detected = 0;
    int harmless = 0;
    for (std::uint64_t i = 0; i < flips; ++i)
    {
        const scratch copy(in_memory());
        std::string flipped = whole;
        const std::size_t bit = random() % (whole.size() * 8);
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
        std::ofstream(copy.file(), std::ios::binary) << flipped;
        const verdict found = read_all(copy.path(), disk.name(), all);
        BOOST_TEST(found.wrong == 0, "PENSTOCK_SEED=" << seed << ": bit " << bit << " of round "
                                                      << i << " made something wrong");
        if (found.missing == 0 && found.detected == 0)
            ++harmless;
        else if (found.detected != 0)
            ++detected;
        else if (check_journal(copy.path()).findings.empty())
            ++undetected_losses;
    }
    BOOST_TEST(undetected_losses == 0, "PENSTOCK_SEED=" << seed);
    BOOST_TEST_MESSAGE(flips << " bits flipped: " << harmless << " harmless, " << detected
                             << " detected as they were read, " << undetected_losses
                             << " lost something without a word");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_time_beyond_the_clock_is_read_as_the_clocks_first_or_last)
{
    using time = std::chrono::system_clock::time_point;
    BOOST_TEST((time_of(std::numeric_limits<std::int64_t>::min()) < time{}));
    BOOST_TEST((time_of(std::numeric_limits<std::int64_t>::max()) > time{}));
    const time now = time_of(1'796'000'000'123'456);
    BOOST_TEST(micros_of(now) == 1'796'000'000'123'456);
}

BOOST_AUTO_TEST_CASE(no_flipped_bit_makes_a_wrong_record)
{
    flip_bits(false);
}

BOOST_AUTO_TEST_CASE(no_flipped_bit_makes_a_wrong_record_of_what_is_compressed)
{
    flip_bits(true);
}

BOOST_AUTO_TEST_SUITE_END()
