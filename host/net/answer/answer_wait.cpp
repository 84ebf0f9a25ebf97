// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "answer_wait.hpp"

#include "host/net/as_value.hpp"

#include <boost/asio/post.hpp>

namespace penstock::host::http
{

namespace asio = boost::asio;

answer_wait::~answer_wait()
{
    if (completion_)
        completion_->abandon();
}

reply answer_wait::begin()
{
    if (completion_ && completion_.use_count() == 1)
        completion_->renew();
    else
        completion_ = std::make_shared<completion>(
            [this]
            {
                asio::post(executor_,
                           [this, weak = owner_]
                           {
                               if (const auto owner = weak.lock())
                                   timer_.cancel();
                           });
            });
    if (is_hurried_)
        completion_->hurry();
    return reply{completion_};
}

connection::outcome<> answer_wait::come()
{
    timer_.expires_at(completion_->due());
    return timer_.async_wait(as_value);
}

void answer_wait::hurry()
{
    is_hurried_ = true;
    if (completion_)
        completion_->hurry();
}

} // namespace penstock::host::http
