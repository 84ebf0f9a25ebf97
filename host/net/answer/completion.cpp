// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "completion.hpp"

#include <utility>

namespace penstock::host::http
{

response spelled_out(any_answer answer)
{
    if (const auto* filled = std::get_if<filled_answer>(&answer))
        return filled->form->with(filled->id);
    return std::get<response>(std::move(answer));
}

void completion::give(any_answer answer)
{
    std::function<response()> needless; // destroyed outside the lock
    const std::lock_guard lock{mutex_};
    if (is_answered_)
        return;
    is_answered_ = true;
    answer_ = std::move(answer);
    due_ = never;
    needless.swap(otherwise_);
    wake();
}

void completion::give_at(clock::time_point when, std::function<response()> otherwise)
{
    const std::lock_guard lock{mutex_};
    if (is_answered_)
        return;
    due_ = is_hurried_ ? clock::now() : when;
    otherwise.swap(otherwise_);
    wake();
}

void completion::hurry()
{
    const std::lock_guard lock{mutex_};
    is_hurried_ = true;
    if (is_answered_ || !otherwise_)
        return;
    due_ = clock::now();
    wake();
}

void completion::forget()
{
    {
        const std::lock_guard lock{mutex_};
        if (is_answered_ || otherwise_)
            return;
    }
    give(response::problem(500, {}, "the request was not answered"));
}

std::optional<any_answer> completion::take()
{
    std::function<response()> otherwise;
    {
        const std::lock_guard lock{mutex_};
        is_awaited_ = true;
        if (answer_ || clock::now() < due_)
            return std::exchange(answer_, std::nullopt);
        is_answered_ = true;
        due_ = never;
        otherwise.swap(otherwise_);
    }
    return otherwise();
}

completion::clock::time_point completion::due() const
{
    const std::lock_guard lock{mutex_};
    return due_;
}

void completion::abandon()
{
    std::function<response()> needless;
    const std::lock_guard lock{mutex_};
    is_answered_ = true; // and so nobody is woken any more
    due_ = never;
    needless.swap(otherwise_);
}

void completion::renew()
{
    const std::lock_guard lock{mutex_};
    answer_.reset();
    due_ = never;
    is_answered_ = false;
    is_awaited_ = false;
    is_hurried_ = false;
}

void completion::wake() const
{
    if (is_awaited_ && wake_)
        wake_();
}

reply::reply(std::shared_ptr<completion> to) : to_{std::move(to)}
{
    ++to_->replies_;
}

reply::~reply()
{
    if (to_ && --to_->replies_ == 0)
        to_->forget();
}

reply::reply(const reply& other) : to_{other.to_}
{
    if (to_)
        ++to_->replies_;
}

reply& reply::operator=(reply other) noexcept
{
    to_.swap(other.to_);
    return *this;
}

void reply::operator()(any_answer answer) const
{
    to_->give(std::move(answer));
}

void reply::at(completion::clock::time_point when, std::function<response()> otherwise) const
{
    to_->give_at(when, std::move(otherwise));
}

} // namespace penstock::host::http
