#pragma once

#include <schelling/models/signaling_model.hpp>

/// The published signalling games, one file each.
namespace schelling::signaling_models_detail {

const SignalingModel& beer_quiche();
const SignalingModel& job_market_signaling();
const SignalingModel& chain_store_stage();
const SignalingModel& alliance_signaling_stylised();

/// An assessment with the given rows; beliefs matter where nobody sends the message.
KnownEquilibrium known(std::string name, std::vector<std::vector<Rational>> sender,
                       std::vector<std::vector<Rational>> receiver,
                       std::vector<std::vector<Rational>> beliefs);

}  // namespace schelling::signaling_models_detail
