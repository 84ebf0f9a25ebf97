// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "pulse.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <exception>

namespace penstock::e2e
{

namespace
{

using std::chrono::milliseconds;

constexpr milliseconds usual_limit{50};
constexpr milliseconds worst_limit{1'000};

} // namespace

pulse::pulse(std::uint16_t port) : asks_(port)
{
    BOOST_TEST(asks_.ask("GET", "/livez").status == 200U); // connects
    asking_ = std::thread([this] { ask(); });
}

pulse::~pulse()
{
    ended_ = true;
    if (asking_.joinable())
        asking_.join();
}

void pulse::ask()
try
{
    while (!ended_)
    {
        const auto begin = clock::now();
        lives_ = asks_.ask("GET", "/livez").status == 200 && lives_;
        times_.push_back(clock::now() - begin);
        std::this_thread::yield();
    }
}
catch (const std::exception&)
{
    lives_ = false;
}

void pulse::must_have_been_steady()
{
    ended_ = true;
    asking_.join();
    BOOST_TEST(lives_);
    BOOST_TEST_REQUIRE(!times_.empty());
    std::ranges::sort(times_);
    const auto usual = std::chrono::ceil<milliseconds>(times_[times_.size() * 9 / 10]);
    const auto worst = std::chrono::ceil<milliseconds>(times_.back());
    BOOST_TEST_MESSAGE("/livez " << times_.size() << " times, nine of ten within " << usual.count()
                                 << " ms, all within " << worst.count() << " ms");
    if (is_sanitized)
        return;
    const int patience = std::getenv("CI") == nullptr ? 1 : 5;
    BOOST_TEST(usual.count() <= (usual_limit * patience).count());
    BOOST_TEST(worst.count() <= (worst_limit * patience).count());
}

} // namespace penstock::e2e
