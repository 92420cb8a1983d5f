// Data that other departments deliver: what there is, and the types of handing it over and meeting it.

import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "./client";

export type Delivery = Schemas["DeliveryView"];
export type DeliveryKind = Schemas["DeliveryKind"];
export type DataPurpose = Schemas["DataPurpose"];
export type Met = Schemas["Met"];

/** Deliveries that one may know of, the newest first. */
export function useDeliveries(enabled: boolean) {
  return useQuery({
    queryKey: ["deliveries"],
    queryFn: async () => (await told(api.GET("/api/v1/deliveries"))).items,
    enabled,
  });
}
