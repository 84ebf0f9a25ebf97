#include <penstock/sdk.hpp>

#include <string>

namespace placeholder_package
{

class placeholder final : public penstock::transformer
{
    penstock::parameter<std::string> field{*this, "field", "text", "The field that is changed."};
    penstock::parameter<std::string> ending{*this, "ending", "!", "What to add to it."};

    void process(penstock::packet& packet) override
    {
        packet.set(*field, packet.text(*field) + *ending);
    }
};

} // namespace placeholder_package

PENSTOCK_PACKAGE(penstock::component_of<placeholder_package::placeholder>(
    "placeholder", penstock::category::transformer, "Adds an ending to the text of a field."))
